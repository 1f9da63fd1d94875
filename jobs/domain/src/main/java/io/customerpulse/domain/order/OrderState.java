package io.customerpulse.domain.order;

/** What is known of an order. */
public enum OrderState {
  UNKNOWN,
  /** Created or closed, and never paid. */
  UNPAID,
  COUNTING,
  /** Paid, and then closed or given back as a whole. */
  OUT;

  static OrderState of(Order order) {
    if (!order.isPaid()) {
      return UNPAID;
    }
    return order.isCounting() ? COUNTING : OUT;
  }
}
