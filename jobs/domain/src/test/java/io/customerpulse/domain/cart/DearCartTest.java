package io.customerpulse.domain.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DearCartTest {
  private static final long GREATEST_PRICE = 1_000_000_000_000_000L;
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");

  @Test
  void aCartOfTheDearestThingsIsWorthAllOfThem() {
    assertThat(cart(100).valueMinor()).isEqualTo(100 * GREATEST_PRICE);
  }

  @Test
  void aCartIsWorthNoMoreThanItsLimitSoThatNoSumOfCartsOverflows() {
    assertThat(cart(101).valueMinor()).isEqualTo(Cart.VALUE_LIMIT_MINOR);
    assertThat(cart(1_000_000).valueMinor()).isEqualTo(Cart.VALUE_LIMIT_MINOR);
    assertThat(Math.multiplyExact(Cart.VALUE_LIMIT_MINOR, 20L)).isPositive();
  }

  private static Cart cart(long pieces) {
    List<Line> lines = List.of(new Line("ship", null, null, pieces, GREATEST_PRICE));
    return Cart.empty(new CartKey("wx1", ""), AT)
        .with(new CartChange(CartAction.ADD, null, lines, null), AT)
        .next();
  }
}
