package io.customerpulse.domain.lifecycle;

import static io.customerpulse.domain.oracle.Given.order;
import static io.customerpulse.domain.oracle.Given.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.lifecycle.SilencePolicy.Silence;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.order.OrderBook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  /** Noon in Shanghai. */
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private static final Lifecycle LIFECYCLE =
      new Lifecycle(
          new FixedSilence(
              new Silence(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365))),
          5,
          365,
          Given.SHANGHAI);

  private static OrderBook paid(Instant... times) {
    OrderBook book = OrderBook.EMPTY;
    for (Instant time : times) {
      book = with(book, order("o" + time, OrderStatus.PAID, 100), time);
    }
    return book;
  }

  private static OrderBook with(OrderBook book, Purchase purchase, Instant at) {
    return book.with(purchase.orderId(), purchase, at, Given.SHANGHAI).next();
  }

  private static Stage stageAt(OrderBook orders, Instant now) {
    return LIFECYCLE.scheduleOf(orders).stageAt(now);
  }

  private static Instant nextChangeAfter(OrderBook orders, Instant now) {
    return LIFECYCLE.scheduleOf(orders).nextChangeAfter(now);
  }

  private static Instant days(int days) {
    return T.plus(Duration.ofDays(days));
  }

  @Test
  void silenceCountsToTheMillisecond() {
    OrderBook orders = paid(T);
    assertThat(stageAt(OrderBook.EMPTY, T)).isEqualTo(Stage.PROSPECT);
    assertThat(stageAt(orders, T)).isEqualTo(Stage.NEW);
    assertThat(stageAt(orders, days(30).minusMillis(1))).isEqualTo(Stage.NEW);
    assertThat(stageAt(orders, days(30))).isEqualTo(Stage.AT_RISK);
    assertThat(stageAt(orders, days(90).minusMillis(1))).isEqualTo(Stage.AT_RISK);
    assertThat(stageAt(orders, days(90))).isEqualTo(Stage.DORMANT);
    assertThat(stageAt(orders, days(365).minusMillis(1))).isEqualTo(Stage.DORMANT);
    assertThat(stageAt(orders, days(365))).isEqualTo(Stage.LOST);
  }

  @Test
  void timeChangesTheStageAtEachLimitAndThenNeverAgain() {
    OrderBook orders = paid(T);
    assertThat(nextChangeAfter(orders, T)).isEqualTo(days(30));
    assertThat(nextChangeAfter(orders, days(30).minusMillis(1))).isEqualTo(days(30));
    assertThat(nextChangeAfter(orders, days(30))).isEqualTo(days(90));
    assertThat(nextChangeAfter(orders, days(90))).isEqualTo(days(365));
    assertThat(nextChangeAfter(orders, days(365))).isNull();
    assertThat(nextChangeAfter(OrderBook.EMPTY, T)).isNull();
  }

  @Test
  void loyaltyEndsAtTheMidnightAtWhichAnOrderLeavesTheWindow() {
    OrderBook orders = paid(T, days(100), days(200), days(300), days(360));
    // 365 days after 2024-03-01, at midnight in Shanghai.
    Instant out = Instant.parse("2025-02-28T16:00:00Z");
    assertThat(stageAt(orders, out.minusMillis(1))).isEqualTo(Stage.LOYAL);
    assertThat(nextChangeAfter(orders, days(361))).isEqualTo(out);
    assertThat(stageAt(orders, out)).isEqualTo(Stage.REPEAT);
  }

  @Test
  void refundedOrdersAreAsIfTheyHadNeverBeen() {
    OrderBook orders = paid(T, days(10));
    assertThat(stageAt(orders, days(35))).isEqualTo(Stage.REPEAT);
    String last = "o" + days(10);
    orders = orders.with(last, refund(last, "r", 0, true)).next();
    assertThat(stageAt(orders, days(29))).isEqualTo(Stage.NEW);
    assertThat(stageAt(orders, days(35))).isEqualTo(Stage.AT_RISK);
  }

  @Test
  void reasonsOfOrdersGoByTheFirstThatApplies() {
    assertThat(Lifecycle.reasonOfOrder(Stage.PROSPECT, Stage.NEW))
        .isEqualTo(TransitionReason.FIRST_ORDER);
    assertThat(Lifecycle.reasonOfOrder(Stage.LOST, Stage.LOYAL))
        .isEqualTo(TransitionReason.REACTIVATED);
    assertThat(Lifecycle.reasonOfOrder(Stage.REPEAT, Stage.LOYAL))
        .isEqualTo(TransitionReason.LOYAL);
    assertThat(Lifecycle.reasonOfOrder(Stage.NEW, Stage.REPEAT))
        .isEqualTo(TransitionReason.REPEAT_ORDER);
  }
}
