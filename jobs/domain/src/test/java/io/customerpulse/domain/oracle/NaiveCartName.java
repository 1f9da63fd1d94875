package io.customerpulse.domain.oracle;

/**
 * Which cart of a customer: one of an app.
 *
 * @param cartId empty for the only cart of an app
 */
record NaiveCartName(String appId, String cartId) {
  static NaiveCartName of(String appId, String cartId) {
    return new NaiveCartName(appId, cartId == null ? "" : cartId);
  }

  /** What episodes about it are known by: no two carts have the same. */
  String scope() {
    return appId.length() + ":" + appId + cartId;
  }
}
