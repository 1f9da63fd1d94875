package io.customerpulse.domain.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Instant T = Instant.parse("2024-03-01T02:00:00Z");

  @Test
  void viewsAreRememberedWithinBounds() {
    Views views = Views.NONE;
    for (int i = 0; i < 1000; i++) {
      views = with(views, "P" + i % 30, "s" + i, T.plusSeconds(i));
    }
    assertThat(views.products()).hasSize(Views.PRODUCT_LIMIT);
    for (int i = 0; i < 100; i++) {
      views = with(views, "P", null, T.plus(Duration.ofDays(1)).plusSeconds(i));
    }
    assertThat(views.of("P")).hasSize(Views.VIEW_LIMIT);
  }

  private static Views with(Views views, String productId, String session, Instant at) {
    return views.with(productId, session, at, Duration.ofDays(7), Map.of()).next();
  }
}
