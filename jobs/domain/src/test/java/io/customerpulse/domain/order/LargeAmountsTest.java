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
  void sumsOfOrdersAreExactAsLongAsALongHoldsThem() {
    OrderBook book = bookOf(9_223);
    assertThat(book.netMinor()).isEqualTo(9_223 * GREATEST);
    assertThat(bookOf(9_224).netMinor()).isEqualTo(Long.MAX_VALUE);
    assertThat(bookOf(10_000).netMinor()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sumsOfRefundsWithoutAnOrderDoToo() {
    OrderBook book = OrderBook.EMPTY;
    for (int i = 1; i <= 9_300; i++) {
      book = book.with(new Refund("o" + i, "r", GREATEST, false)).next();
      assertThat(book.unmatchedRefundsMinor())
          .isEqualTo(i <= 9_223 ? i * GREATEST : Long.MAX_VALUE);
    }
  }

  private static OrderBook bookOf(int orders) {
    OrderBook book = OrderBook.EMPTY;
    for (int i = 0; i < orders; i++) {
      Purchase purchase =
          new Purchase("o" + i, OrderStatus.PAID, GREATEST, null, List.of(), null, null);
      book = book.with(purchase, START.plusSeconds(i), ZoneOffset.UTC).next();
    }
    return book;
  }
}
