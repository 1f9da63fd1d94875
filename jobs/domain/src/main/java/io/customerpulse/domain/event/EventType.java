package io.customerpulse.domain.event;

import java.util.Locale;

/**
 * What a tracking event reports. The declaration order is the rank by which events of one customer
 * that happen at the same instant and carry the same device counter are put into order: what says
 * who somebody is comes before what they did, and an erasure comes last.
 */
public enum EventType {
  IDENTIFY,
  PROFILE,
  BROWSE,
  CLICK,
  CUSTOM,
  CART,
  PURCHASE,
  REFUND,
  MESSAGE,
  ERASE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }

  /** Whether the customer did something in the shop: what wakes a sleeping customer. */
  public boolean isActivity() {
    return this == CLICK || this == BROWSE || this == CART || this == PURCHASE;
  }
}
