package io.customerpulse.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The greatest amounts that are taken, more often than a long could count them. */
class LargeAmountsTest {
  private static final long GREATEST = 1_000_000_000_000_000L;
  private static final Instant START = Instant.parse("2024-03-01T02:00:00Z");

  @Test
  void sumsOfOrdersAreExactUntilTheOlderOnesReachTheirLimit() {
    assertThat(bookOf(1_500).netMinor()).isEqualTo(1_500 * GREATEST);
    assertThat(bookOf(1_501).netMinor()).isEqualTo(1_500 * GREATEST);
    assertThat(bookOf(2_000).netMinor()).isEqualTo(1_500 * GREATEST);
  }

  @Test
  void sumsOfRefundsWithoutAnOrderDoToo() {
    OrderBook book = OrderBook.EMPTY;
    for (int i = 1; i <= 1_100; i++) {
      book = book.with("o" + i, new Refund("o" + i, "r", GREATEST, false)).next();
      assertThat(book.unmatchedRefundsMinor()).isEqualTo(Math.min(i, 1_050) * GREATEST);
    }
  }

  private static OrderBook bookOf(int orders) {
    OrderBook book = OrderBook.EMPTY;
    for (int i = 0; i < orders; i++) {
      Purchase purchase =
          new Purchase("o" + i, OrderStatus.PAID, GREATEST, null, List.of(), null, null);
      book = book.with("o" + i, purchase, START.plusSeconds(i), ZoneOffset.UTC).next();
    }
    return book;
  }
}
