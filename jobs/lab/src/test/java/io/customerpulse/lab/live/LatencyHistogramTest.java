package io.customerpulse.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram times = new LatencyHistogram();

  @Test
  void quantilesAreTimesThatWereSeen() {
    for (int millis = 100; millis >= 1; millis--) {
      times.add(millis);
    }
    assertThat(times.quantile(0.5)).hasValue(50);
    assertThat(times.quantile(0.99)).hasValue(99);
    assertThat(times.quantile(1)).hasValue(100);
    assertThat(times.count()).isEqualTo(100);
  }

  @Test
  void ofOneAllQuantilesAreThat() {
    times.add(7);
    assertThat(times.quantile(0.01)).hasValue(7);
    assertThat(times.quantile(1)).hasValue(7);
  }

  @Test
  void knowsNothingOfNone() {
    assertThat(times.quantile(0.5)).isEmpty();
    times.add(7);
    times.clear();
    assertThat(times.quantile(0.5)).isEmpty();
  }

  @Test
  void keepsToItsBounds() {
    times.add(-5);
    times.add(Long.MAX_VALUE);
    assertThat(times.quantile(0.5)).hasValue(0);
    assertThat(times.quantile(1)).hasValue(600_000);
  }
}
