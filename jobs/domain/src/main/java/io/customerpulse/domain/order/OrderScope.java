package io.customerpulse.domain.order;

/** Within what an order's id means one order of a customer. */
public enum OrderScope {
  /** Within the tenant: the same id from another app is the same order. */
  TENANT,
  /** Within the app: each app counts its orders for itself. */
  APP;

  /** What an order is known by among those of its customer; unambiguous, as the length is first. */
  public String keyOf(String appId, String orderId) {
    return this == TENANT ? orderId : appId.length() + ":" + appId + orderId;
  }
}
