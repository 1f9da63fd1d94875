package io.customerpulse.domain.order;

import static io.customerpulse.domain.oracle.Given.SHANGHAI;
import static io.customerpulse.domain.oracle.Given.order;
import static io.customerpulse.domain.oracle.Given.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.oracle.Given;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OrderBookTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private OrderBook book = OrderBook.EMPTY;

  private OrderBook.Change tell(String orderId, OrderStatus status, long amountMinor, int hour) {
    OrderBook.Change change =
        book.with(
            orderId, order(orderId, status, amountMinor), T.plus(Duration.ofHours(hour)), SHANGHAI);
    book = change.next();
    return change;
  }

  private OrderBook.Change giveBack(String orderId, String refundId, long amountMinor) {
    OrderBook.Change change = book.with(orderId, refund(orderId, refundId, amountMinor, false));
    book = change.next();
    return change;
  }

  @Test
  void aCreatedOrderIsNone() {
    assertThat(tell("o", OrderStatus.CREATED, 100, 0).pays()).isFalse();
    assertThat(book.count()).isZero();
    assertThat(book.lastAt()).isNull();
  }

  @Test
  void anOrderIsPaidOnce() {
    assertThat(tell("o", OrderStatus.PAID, 100, 0).pays()).isTrue();
    assertThat(tell("o", OrderStatus.PAID, 900, 1).pays()).isFalse();
    assertThat(tell("o", OrderStatus.COMPLETED, 900, 2).pays()).isFalse();
    assertThat(tell("o", OrderStatus.CREATED, 900, 3).pays()).isFalse();

    assertThat(book.count()).isEqualTo(1);
    assertThat(book.netMinor()).isEqualTo(100);
    assertThat(book.lastAt()).isEqualTo(T);
  }

  @Test
  void aPaymentReplacesTheCompletionThatStoodInForIt() {
    assertThat(tell("o", OrderStatus.COMPLETED, 100, 0).pays()).isTrue();
    assertThat(tell("o", OrderStatus.PAID, 250, 1).pays()).isFalse();

    assertThat(book.netMinor()).isEqualTo(250);
    assertThat(book.lastAt()).isEqualTo(T.plus(Duration.ofHours(1)));

    tell("o", OrderStatus.PAID, 240, 0);
    assertThat(book.netMinor()).as("the earliest payment").isEqualTo(240);
    assertThat(book.lastAt()).isEqualTo(T);
  }

  @Test
  void anAmountOfZeroCounts() {
    tell("o", OrderStatus.PAID, 0, 0);
    giveBack("o", "r", 0);
    assertThat(book.count()).isEqualTo(1);
  }

  @Test
  void aClosedOrderCountsOnlyIfItWasPaidAfterwards() {
    tell("before", OrderStatus.CLOSED, 100, 0);
    tell("before", OrderStatus.PAID, 100, 1);
    assertThat(book.count()).isEqualTo(1);

    tell("at", OrderStatus.CLOSED, 100, 2);
    tell("at", OrderStatus.PAID, 100, 2);
    tell("after", OrderStatus.PAID, 100, 3);
    tell("after", OrderStatus.CLOSED, 100, 4);
    assertThat(book.count()).isEqualTo(1);
    assertThat(book.netMinor()).isEqualTo(100);
  }

  @Test
  void anOrderThatIsTakenUpAgainStandsWhereItStood() {
    tell("o", OrderStatus.PAID, 100, 0);
    tell("o", OrderStatus.CLOSED, 100, 1);
    assertThat(tell("o", OrderStatus.COMPLETED, 150, 2).pays()).isFalse();
    assertThat(book.netMinor()).isEqualTo(100);
    assertThat(book.lastAt()).isEqualTo(T);

    tell("o", OrderStatus.CLOSED, 100, 2);
    assertThat(book.count()).as("closed at the instant of its completion").isZero();
    tell("o", OrderStatus.PAID, 150, 3);
    assertThat(book.netMinor()).isEqualTo(100);

    giveBack("o", "r", 100);
    tell("o", OrderStatus.PAID, 150, 4);
    assertThat(book.count()).as("given back for good").isZero();
  }

  @Test
  void whetherAnOrderIsTakenUpAgainDoesNotHangOnWhatIsLearntFirst() {
    tell("o", OrderStatus.PAID, 100, 0);
    tell("o", OrderStatus.COMPLETED, 100, 2);
    tell("o", OrderStatus.CLOSED, 100, 1);
    assertThat(book.count()).isEqualTo(1);
  }

  @Test
  void refundsAreTakenOffUntilNothingIsLeft() {
    tell("o", OrderStatus.PAID, 100, 0);
    giveBack("o", "r1", 60);
    giveBack("o", "r1", 60);
    assertThat(book.netMinor()).as("each refund once").isEqualTo(40);
    assertThat(book.count()).isEqualTo(1);

    giveBack("o", "r2", 40);
    assertThat(book.count()).isZero();
    assertThat(book.netMinor()).isZero();
  }

  @Test
  void aFullRefundTakesAllWhateverItsAmount() {
    tell("o", OrderStatus.PAID, 100, 0);
    book = book.with("o", refund("o", "r", 0, true)).next();
    assertThat(book.count()).isZero();
  }

  @Test
  void aRefundWaitsForItsOrder() {
    giveBack("o", "r", 30);
    giveBack("o", "r", 30);
    assertThat(book.unmatchedRefundsMinor()).isEqualTo(30);
    assertThat(book.netMinor()).isZero();

    tell("o", OrderStatus.CREATED, 100, 0);
    assertThat(book.unmatchedRefundsMinor()).isZero();
    tell("o", OrderStatus.PAID, 100, 1);
    assertThat(book.netMinor()).isEqualTo(70);
  }

  @Test
  void noMoreThanFiftyRefundsWait() {
    for (int i = 0; i < OrderBook.WAITING_LIMIT; i++) {
      assertThat(giveBack("o" + i, "r", 1).dropped()).isZero();
    }
    assertThat(giveBack("one more", "r", 1).dropped()).isEqualTo(1);
    assertThat(book.waiting()).hasSize(OrderBook.WAITING_LIMIT);
    assertThat(book.unmatchedRefundsMinor()).as("shown, though not kept").isEqualTo(51);
  }

  @Test
  void noMoreThanTwentyRefundsOfOneOrderAreKept() {
    tell("o", OrderStatus.PAID, 1000, 0);
    for (int i = 0; i < Order.REFUND_LIMIT; i++) {
      assertThat(giveBack("o", "r" + i, 1).dropped()).isZero();
    }
    assertThat(giveBack("o", "one more", 1).dropped()).isEqualTo(1);
    assertThat(book.netMinor()).isEqualTo(980);
  }

  @Test
  void theNewestFiveHundredOrdersAreKeptAndTheOthersSummedUp() {
    int orders = OrderBook.ORDER_LIMIT + 10;
    int dropped = 0;
    for (int i = 0; i < orders; i++) {
      dropped += tell("o" + i, OrderStatus.PAID, 10, i).dropped();
    }
    assertThat(dropped).isEqualTo(10);
    assertThat(book.orders()).hasSize(OrderBook.ORDER_LIMIT);
    assertThat(book.orders().get(0).orderId()).isEqualTo("o10");
    assertThat(book.count()).isEqualTo(orders);
    assertThat(book.netMinor()).isEqualTo(10L * orders);
    assertThat(book.firstAt()).isEqualTo(T);
    assertThat(book.lastAt()).isEqualTo(T.plus(Duration.ofHours(orders - 1)));
  }

  /** As many as are kept, and some that were paid before them. */
  private void payMoreThanAreKept(int more) {
    for (int i = 0; i < OrderBook.ORDER_LIMIT + more; i++) {
      tell("o" + i, OrderStatus.PAID, 1000, i);
    }
  }

  @Test
  void anOlderOrderCountsOnceHoweverOftenItIsReported() {
    payMoreThanAreKept(20);
    OrderBook before = book;
    for (int i = 0; i < OrderBook.ORDER_LIMIT + 20; i++) {
      OrderBook.Change change = tell("o" + i, OrderStatus.COMPLETED, 1000, 600 + i);
      assertThat(change.pays()).isFalse();
      assertThat(change.after()).isEqualTo(OrderState.COUNTING);
    }
    tell("o3", OrderStatus.PAID, 1000, 1200);
    tell("o3", OrderStatus.CREATED, 1000, 1200);

    assertThat(book.older()).isSameAs(before.older());
    assertThat(book.count()).isEqualTo(520);
    assertThat(book.netMinor()).isEqualTo(520_000);
    assertThat(book.older().traces().size()).isEqualTo(20);
  }

  @Test
  void refundsOfOlderOrdersFindThem() {
    giveBack("o1", "before it came", 100);
    payMoreThanAreKept(3);

    giveBack("o0", "r1", 400);
    giveBack("o0", "r1", 400);
    giveBack("o1", "before it came", 100);
    assertThat(book.netMinor()).as("each once").isEqualTo(503_000 - 400 - 100);
    assertThat(book.count()).isEqualTo(503);

    assertThat(giveBack("o0", "r2", 600).after()).isEqualTo(OrderState.OUT);
    assertThat(book.netMinor()).isEqualTo(502_000 - 100);
    assertThat(book.count()).isEqualTo(502);
    giveBack("o0", "r3", 600);
    assertThat(book.count()).isEqualTo(502);
    assertThat(book.unmatchedRefundsMinor()).isZero();
  }

  @Test
  void anOlderOrderThatIsTakenOutStaysOut() {
    payMoreThanAreKept(2);
    assertThat(book.firstAt()).isEqualTo(T);
    book = book.with("o0", refund("o0", "r", 0, true)).next();
    assertThat(book.firstAt()).as("whose day it was isn't known").isEqualTo(T);
    tell("o1", OrderStatus.CLOSED, 1000, 700);
    assertThat(tell("o1", OrderStatus.PAID, 1000, 701).after()).isEqualTo(OrderState.OUT);

    assertThat(book.count()).isEqualTo(OrderBook.ORDER_LIMIT);
    assertThat(book.netMinor()).isEqualTo(1000L * OrderBook.ORDER_LIMIT);
    assertThat(book.firstAt()).isEqualTo(T.plus(Duration.ofHours(2)));
    assertThat(book.days(SHANGHAI).firstAt()).isEqualTo(book.firstAt());
  }

  @Test
  void tracesOverTheLimitAreForgottenAndCounted() {
    OrderBook.Limits limits = new OrderBook.Limits(1, 2);
    int forgotten = 0;
    for (int i = 0; i < 5; i++) {
      String id = "o" + i;
      OrderBook.Change change =
          book.with(id, order(id, OrderStatus.PAID, 10), T.plusSeconds(i), SHANGHAI, limits);
      book = change.next();
      forgotten += change.forgotten();
    }
    assertThat(forgotten).isEqualTo(2);
    assertThat(book.older().traces().size()).isEqualTo(2);
    assertThat(book.count()).as("what is forgotten stays counted").isEqualTo(5);
    assertThat(book.with("o1", refund("o1", "r", 1, false), limits).after())
        .isEqualTo(OrderState.UNKNOWN);
    OrderBook.Change refunded = book.with("o2", refund("o2", "r", 1, false), limits);
    assertThat(refunded.forgotten()).as("its refund takes room, too").isEqualTo(1);
  }

  @Test
  void noSumOfTheGreatestAmountsOverflows() {
    long greatest = 1_000_000_000_000_000L;
    OrderBook.Limits limits = new OrderBook.Limits(500, 10);
    for (int i = 0; i < 2_000; i++) {
      String id = "o" + i;
      book =
          book.with(id, order(id, OrderStatus.PAID, greatest), T.plusSeconds(i), SHANGHAI, limits)
              .next();
      book = book.with("x" + i, refund("x" + i, "r", greatest, false), limits).next();
    }
    assertThat(book.netMinor()).isEqualTo(OlderOrders.NET_LIMIT_MINOR + 500 * greatest);
    assertThat(book.unmatchedRefundsMinor()).isEqualTo(OlderOrders.NET_LIMIT_MINOR + 50 * greatest);
  }

  @Test
  void ordersThatWereNeverPaidMakeRoomFirst() {
    tell("paid", OrderStatus.PAID, 10, 0);
    tell("unpaid", OrderStatus.CREATED, 10, 1);
    for (int i = 2; i < OrderBook.ORDER_LIMIT; i++) {
      tell("o" + i, OrderStatus.PAID, 10, i);
    }
    tell("closed", OrderStatus.CLOSED, 10, OrderBook.ORDER_LIMIT);
    assertThat(book.orders()).extracting(Order::orderId).contains("paid").doesNotContain("unpaid");

    // One that is created when all others are paid is the one to go, though it is the newest.
    tell("o500", OrderStatus.PAID, 10, 501);
    assertThat(book.orders()).extracting(Order::orderId).contains("paid").doesNotContain("closed");
    assertThat(tell("new", OrderStatus.CREATED, 10, 502).dropped()).isEqualTo(1);
    assertThat(book.orders()).extracting(Order::orderId).doesNotContain("new");
    assertThat(book.orders()).hasSize(OrderBook.ORDER_LIMIT);
    assertThat(book.older()).isEqualTo(OlderOrders.NONE);

    tell("o501", OrderStatus.PAID, 10, 503);
    assertThat(book.orders()).extracting(Order::orderId).doesNotContain("paid");
    assertThat(book.older().count()).isEqualTo(1);
    assertThat(book.count()).isEqualTo(OrderBook.ORDER_LIMIT + 1);
  }

  @Test
  void theWindowIsOneOfLocalDays() {
    // 2024-03-01 12:00 in Shanghai.
    tell("o", OrderStatus.PAID, 100, 0);
    LocalDate day = LocalDate.of(2024, 3, 1);
    assertThat(book.window(day, 1, Given.SHANGHAI).orders()).isEqualTo(1);
    assertThat(book.window(day.plusDays(364), 365, Given.SHANGHAI).netMinor()).isEqualTo(100);
    assertThat(book.window(day.plusDays(365), 365, Given.SHANGHAI).orders()).isZero();
  }
}
