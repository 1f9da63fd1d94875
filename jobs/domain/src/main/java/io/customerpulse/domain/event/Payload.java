package io.customerpulse.domain.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an event says beyond its envelope, by type. A null field was not sent. */
public sealed interface Payload {

  record Click(String elementId, String page, String skuId, String productId, Integer position)
      implements Payload {}

  /**
   * A look at a page.
   *
   * @param phase null where none was sent
   * @param dwellMillis time on the page, at most 30 min
   */
  record Browse(
      String page,
      String productId,
      String skuId,
      String categoryId,
      String referrer,
      Phase phase,
      Long dwellMillis,
      String visitId)
      implements Payload {

    /** A view is the beginning of a visit to a page: its end reports the dwell time only. */
    public boolean isView() {
      return phase != Phase.LEAVE;
    }
  }

  record CartChange(CartAction action, String cartId, List<Line> lines, String currency)
      implements Payload {}

  /**
   * A step in the life of an order.
   *
   * @param amountMinor what is paid for the whole order, in minor units
   */
  record Purchase(
      String orderId,
      OrderStatus status,
      long amountMinor,
      String currency,
      List<Line> lines,
      String cartId,
      String couponId)
      implements Payload {}

  /**
   * Money given back for an order.
   *
   * @param full whether the whole order is taken back, whatever the amount
   */
  record Refund(String orderId, String refundId, long amountMinor, boolean full)
      implements Payload {}

  record Identify(boolean authenticated) implements Payload {}

  /**
   * What customers tell of themselves.
   *
   * @param birthday MM-DD or YYYY-MM-DD
   * @param marketingConsent null where the event doesn't say
   * @param attributes values are String, Long, Double or Boolean
   */
  record Profile(
      String birthday,
      String zone,
      String level,
      String city,
      Boolean marketingConsent,
      Map<String, Object> attributes)
      implements Payload {}

  /**
   * Anything else, for filters and rules.
   *
   * @param attributes values are String, Long, Double or Boolean
   */
  record Custom(String name, Map<String, Object> attributes) implements Payload {}

  record Message(String triggerId, MessageStatus status, String error) implements Payload {}

  record Erase(String requestId) implements Payload {}

  enum Phase {
    ENTER,
    LEAVE
  }

  enum CartAction {
    ADD,
    REMOVE,
    SET,
    CLEAR,
    REPLACE;

    /** Whether what its lines name is in the cart then. */
    public boolean puts() {
      return this == ADD || this == SET || this == REPLACE;
    }

    /** Whether it says what the whole cart is. */
    public boolean isWhole() {
      return this == CLEAR || this == REPLACE;
    }
  }

  enum OrderStatus {
    CREATED,
    PAID,
    CLOSED,
    COMPLETED;

    /** Whether it makes an order a paid one, as far as nothing else has. */
    public boolean pays() {
      return this == PAID || this == COMPLETED;
    }
  }

  enum MessageStatus {
    SENT,
    DELIVERED,
    OPENED,
    CLICKED,
    FAILED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in JSON, Avro and tables. */
    public String wireName() {
      return wireName;
    }
  }
}
