package io.customerpulse.domain.order;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One order as far as its events have told.
 *
 * @param orderId what it is known by: its id, with that of its app where {@link OrderScope} says so
 * @param knownAt time of the earliest event that named it
 * @param paidAt when it was paid; null as long as it isn't. Its place in time.
 * @param onCompletion whether {@code paidAt} is that of a completion, because no payment was seen
 * @param amountMinor as of the payment, in minor units
 * @param confirmedAt its latest payment or completion; null as long as it isn't paid
 * @param closedAt the latest closing; null without one
 * @param refunds each once, at most {@value #REFUND_LIMIT}
 */
public record Order(
    String orderId,
    Instant knownAt,
    Instant paidAt,
    boolean onCompletion,
    long amountMinor,
    Instant confirmedAt,
    Instant closedAt,
    List<AppliedRefund> refunds) {

  /** Refunds kept of one order; what comes beyond is not applied, and counted. */
  public static final int REFUND_LIMIT = 20;

  /**
   * A refund of this order.
   *
   * @param full whether it takes the whole order back, whatever its amount
   */
  public record AppliedRefund(String refundId, long amountMinor, boolean full) {}

  static Order unknown(String orderId, Instant knownAt) {
    return new Order(orderId, knownAt, null, false, 0, null, null, List.of());
  }

  /** Where it stands among the customer's orders. */
  public Instant time() {
    return paidAt == null ? knownAt : paidAt;
  }

  /** Whether it is an order at all by now: paid or completed. */
  public boolean isPaid() {
    return paidAt != null;
  }

  /** Whether it counts for recency, frequency, money and stage. */
  public boolean isCounting() {
    return isPaid() && !isClosed() && !isFullyRefunded();
  }

  /** What it contributes to money, in minor units; never below 0. */
  public long netMinor() {
    return isCounting() ? Math.max(0, amountMinor - refundedMinor()) : 0;
  }

  /** Who pays or completes an order after its closing takes it up again. */
  private boolean isClosed() {
    return closedAt != null && !closedAt.isBefore(confirmedAt);
  }

  private boolean isFullyRefunded() {
    return refunds.stream().anyMatch(AppliedRefund::full)
        || (amountMinor > 0 && refundedMinor() >= amountMinor);
  }

  private long refundedMinor() {
    long sum = 0;
    for (AppliedRefund refund : refunds) {
      sum += refund.amountMinor();
    }
    return sum;
  }

  /** The order after one more of its events, which may come in any order. */
  Order with(Purchase purchase, Instant at) {
    Instant known = at.isBefore(knownAt) ? at : knownAt;
    return switch (purchase.status()) {
      case CREATED ->
          new Order(
              orderId, known, paidAt, onCompletion, amountMinor, confirmedAt, closedAt, refunds);
      case CLOSED ->
          new Order(
              orderId,
              known,
              paidAt,
              onCompletion,
              amountMinor,
              confirmedAt,
              later(closedAt, at),
              refunds);
      case PAID, COMPLETED -> {
        boolean completion = purchase.status() == OrderStatus.COMPLETED;
        Instant confirmed = later(confirmedAt, at);
        yield standsBefore(completion, at)
            ? new Order(
                orderId,
                known,
                at,
                completion,
                purchase.amountMinor(),
                confirmed,
                closedAt,
                refunds)
            : new Order(
                orderId, known, paidAt, onCompletion, amountMinor, confirmed, closedAt, refunds);
      }
    };
  }

  /** The earliest payment decides, the earliest completion only where there is no payment. */
  private boolean standsBefore(boolean completion, Instant at) {
    if (!isPaid()) {
      return true;
    }
    return completion == onCompletion ? at.isBefore(paidAt) : onCompletion;
  }

  boolean hasRefund(String refundId) {
    return refunds.stream().anyMatch(refund -> refund.refundId().equals(refundId));
  }

  Order with(Refund refund) {
    List<AppliedRefund> grown = new ArrayList<>(refunds);
    grown.add(new AppliedRefund(refund.refundId(), refund.amountMinor(), refund.full()));
    return new Order(
        orderId,
        knownAt,
        paidAt,
        onCompletion,
        amountMinor,
        confirmedAt,
        closedAt,
        List.copyOf(grown));
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || one.isBefore(other) ? other : one;
  }
}
