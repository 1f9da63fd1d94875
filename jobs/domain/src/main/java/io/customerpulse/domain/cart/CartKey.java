package io.customerpulse.domain.cart;

/**
 * One cart of a customer.
 *
 * @param cartId empty for the one cart of an app that names none
 */
public record CartKey(String appId, String cartId) {
  public static CartKey of(String appId, String cartId) {
    return new CartKey(appId, cartId == null ? "" : cartId);
  }

  /** Unambiguous: the app's length comes first. */
  public String asText() {
    return appId.length() + ":" + appId + cartId;
  }

  /** What {@link #asText} wrote. */
  public static CartKey fromText(String text) {
    int colon = text.indexOf(':');
    int end = colon + 1 + Integer.parseInt(text.substring(0, colon));
    return new CartKey(text.substring(colon + 1, end), text.substring(end));
  }
}
