package io.customerpulse.domain.order;

import static io.customerpulse.domain.oracle.Given.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.order.OrderBook.Change;
import io.customerpulse.domain.order.OrderBook.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Orders by chance against a book that forgets nothing and reckons everything anew, with so little
 * room that orders leave the detail, and their traces the memory, all the time.
 */
class OrderBookPropertyTest {
  private static final Instant START = Instant.parse("2024-03-01T04:00:00Z");

  /** What has come about over all seeds. */
  private final Set<String> seen = new HashSet<>();

  @Test
  void agreesWithABookThatReckonsEverythingAnew() {
    Seeds.tryEach(getClass(), 2_000, 2_000, this::compare);
    assertThat(seen)
        .contains(
            "paid again after closing",
            "repeated when older",
            "refunded when older",
            "refunded twice when older",
            "given back when older",
            "closed when older",
            "forgotten",
            "paid at first");
  }

  private void compare(long seed) {
    Random random = new Random(seed);
    Limits limits = new Limits(1 + random.nextInt(5), random.nextInt(3) == 0 ? 4 : 1_000);
    Naive naive = new Naive(limits);
    OrderBook book = OrderBook.EMPTY;
    int ids = 2 + random.nextInt(12);
    for (int i = 0; i < 60; i++) {
      Instant at = START.plusSeconds(3_600L * i);
      String key = "o" + random.nextInt(ids);
      Change change;
      boolean pays = false;
      if (random.nextInt(4) == 0) {
        long amount = List.of(0L, 30L, 70L, 100L).get(random.nextInt(4));
        Refund refund = Given.refund(key, "r" + random.nextInt(4), amount, random.nextInt(8) == 0);
        naive.refund(refund);
        change = book.with(key, refund, limits);
      } else {
        OrderStatus[] all = OrderStatus.values();
        OrderStatus status =
            random.nextBoolean() ? OrderStatus.PAID : all[random.nextInt(all.length)];
        Purchase purchase = Given.order(key, status, random.nextInt(6) == 0 ? 0 : 100 + i);
        pays = naive.purchase(purchase, at);
        change = book.with(key, purchase, at, SHANGHAI, limits);
      }
      book = change.next();
      assertThat(change.pays()).as("seed %d, event %d pays", seed, i).isEqualTo(pays);
      assertThat(change.after())
          .as("seed %d, event %d: state of the order", seed, i)
          .isEqualTo(naive.state);
      assertThat(book.orders())
          .as("seed %d, event %d: the detail", seed, i)
          .extracting(Order::orderId)
          .containsExactlyInAnyOrderElementsOf(naive.detail());
      assertThat(List.of(book.count(), book.netMinor(), book.unmatchedRefundsMinor()))
          .as("seed %d, event %d: count, money, unmatched", seed, i)
          .isEqualTo(List.of(naive.count(), naive.netMinor(), naive.unmatchedMinor()));
      assertThat(book.older().traces().size()).isLessThanOrEqualTo(limits.traces());
    }
  }

  /** Everything that was ever told of one order. */
  private static final class Known {
    record Step(OrderStatus status, long amountMinor, Instant at) {}

    final String key;
    final List<Step> steps = new ArrayList<>();
    final Set<String> refundIds = new LinkedHashSet<>();
    long refundedMinor;
    boolean gone;
    boolean older;

    Known(String key) {
      this.key = key;
    }

    Step payment() {
      for (OrderStatus status : List.of(OrderStatus.PAID, OrderStatus.COMPLETED)) {
        for (Step step : steps) {
          if (step.status() == status) {
            return step;
          }
        }
      }
      return null;
    }

    Instant time() {
      return payment() == null ? steps.get(0).at() : payment().at();
    }

    boolean counts() {
      if (payment() == null || gone) {
        return false;
      }
      boolean closed = false;
      for (Step step : steps) {
        closed = step.status() == OrderStatus.CLOSED || (closed && !step.status().pays());
      }
      long amount = payment().amountMinor();
      return !closed && !(amount > 0 && refundedMinor >= amount);
    }

    long netMinor() {
      return counts() ? Math.max(0, payment().amountMinor() - refundedMinor) : 0;
    }

    void refund(Refund refund) {
      refundIds.add(refund.refundId());
      refundedMinor += refund.amountMinor();
      gone |= refund.full();
    }
  }

  private final class Naive {
    private final Limits limits;
    private final Map<String, Known> orders = new LinkedHashMap<>();
    private final List<Refund> waiting = new ArrayList<>();

    /** What takes room: older orders by their key, their refunds by key and id. */
    private final List<List<String>> traces = new ArrayList<>();

    private long forgottenCount;
    private long forgottenMinor;

    /** Of the last event's order, before anything made room. */
    private OrderState state;

    Naive(Limits limits) {
      this.limits = limits;
    }

    /** Says whether it makes its order a paid one. */
    boolean purchase(Purchase purchase, Instant at) {
      Known order = orders.get(purchase.orderId());
      if (order != null && order.older) {
        order.gone |= purchase.status() == OrderStatus.CLOSED;
        seen.add(
            purchase.status() == OrderStatus.CLOSED ? "closed when older" : "repeated when older");
        state = stateOf(order.key);
        return false;
      }
      if (order == null) {
        order = new Known(purchase.orderId());
        orders.put(order.key, order);
        for (Refund refund : List.copyOf(waiting)) {
          if (refund.orderId().equals(order.key)) {
            waiting.remove(refund);
            order.refund(refund);
          }
        }
      }
      boolean paidBefore = order.payment() != null;
      boolean countedBefore = order.counts();
      order.steps.add(new Known.Step(purchase.status(), purchase.amountMinor(), at));
      if (paidBefore && !countedBefore && order.counts()) {
        seen.add("paid again after closing");
      }
      boolean pays = !paidBefore && order.payment() != null;
      if (pays) {
        seen.add("paid at first");
      }
      state = stateOf(order.key);
      leave();
      return pays;
    }

    private void leave() {
      if (detail().size() <= limits.orders()) {
        return;
      }
      Known leaving =
          orders.values().stream()
              .filter(order -> !order.older)
              .min(
                  Comparator.comparing((Known order) -> order.payment() != null)
                      .thenComparing(Known::time))
              .orElseThrow();
      if (leaving.payment() == null) {
        orders.remove(leaving.key);
        return;
      }
      leaving.older = true;
      boolean counts = leaving.counts();
      leaving.gone = !counts;
      traces.add(List.of(leaving.key));
      if (counts) {
        leaving.refundIds.forEach(id -> traces.add(List.of(leaving.key, id)));
      }
      forget();
    }

    private void forget() {
      while (traces.size() > limits.traces()) {
        seen.add("forgotten");
        List<String> trace = traces.remove(0);
        Known order = orders.get(trace.get(0));
        if (trace.size() == 1) {
          orders.remove(order.key);
          forgottenCount += order.counts() ? 1 : 0;
          forgottenMinor += order.netMinor();
        }
      }
    }

    void refund(Refund refund) {
      Known order = orders.get(refund.orderId());
      if (order == null) {
        boolean known =
            waiting.stream()
                .anyMatch(
                    other ->
                        other.orderId().equals(refund.orderId())
                            && other.refundId().equals(refund.refundId()));
        if (!known) {
          waiting.add(refund);
        }
        state = OrderState.UNKNOWN;
        return;
      }
      boolean counted = order.counts();
      boolean applied =
          order.older
              ? traces.contains(List.of(order.key, refund.refundId()))
              : order.refundIds.contains(refund.refundId());
      if (!applied) {
        order.refund(refund);
      }
      state = stateOf(order.key);
      if (!order.older || !counted) {
        return;
      }
      seen.add(applied ? "refunded twice when older" : "refunded when older");
      if (!order.counts()) {
        seen.add("given back when older");
        order.gone = true;
      } else if (!applied) {
        traces.add(List.of(order.key, refund.refundId()));
        forget();
      }
    }

    private OrderState stateOf(String key) {
      Known order = orders.get(key);
      if (order == null) {
        return OrderState.UNKNOWN;
      }
      if (order.payment() == null) {
        return OrderState.UNPAID;
      }
      return order.counts() ? OrderState.COUNTING : OrderState.OUT;
    }

    List<String> detail() {
      return orders.values().stream().filter(o -> !o.older).map(o -> o.key).toList();
    }

    long count() {
      return forgottenCount + orders.values().stream().filter(Known::counts).count();
    }

    long netMinor() {
      return forgottenMinor + orders.values().stream().mapToLong(Known::netMinor).sum();
    }

    long unmatchedMinor() {
      return waiting.stream().mapToLong(Refund::amountMinor).sum();
    }
  }
}
