package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedTrafficTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Simulator simulator = new Simulator(SimulatorSettings.defaults());
  private final List<Long> sentAtNanos = new ArrayList<>();
  private long nanos = 77;

  @Test
  void keepsTheRate() throws InterruptedException {
    long next = traffic(10).run(5, 25, HOUR, simulated -> sentAtNanos.add(nanos - 77));
    assertThat(next).isEqualTo(25);
    assertThat(sentAtNanos).hasSize(20);
    for (int i = 0; i < sentAtNanos.size(); i++) {
      assertThat(sentAtNanos.get(i)).isEqualTo(i * 100_000_000L);
    }
  }

  @Test
  void goesOutInBurstsAtHighRates() throws InterruptedException {
    traffic(1_000_000).run(0, 5_000, HOUR, simulated -> sentAtNanos.add(nanos));
    assertThat(sentAtNanos.stream().distinct().count()).isBetween(5L, 6L);
  }

  @Test
  void catchesUpAfterASlowReceiver() throws InterruptedException {
    traffic(10)
        .run(
            0,
            30,
            HOUR,
            simulated -> {
              nanos += sentAtNanos.isEmpty() ? Duration.ofSeconds(1).toNanos() : 0;
              sentAtNanos.add(nanos - 77);
            });
    assertThat(sentAtNanos.get(10)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(sentAtNanos.get(29)).isEqualTo(Duration.ofMillis(2_900).toNanos());
  }

  @Test
  void endsWhenTheTimeIsOver() throws InterruptedException {
    long next = traffic(10).run(0, 1_000, Duration.ofSeconds(2), simulated -> {});
    assertThat(next).isEqualTo(20);
    assertThat(nanos - 77).isEqualTo(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void refusesARateOfNothing() {
    assertThatThrownBy(() -> traffic(0)).hasMessageContaining("perSecond: 0");
  }

  private PacedTraffic traffic(int perSecond) {
    return new PacedTraffic(
        simulator::event, perSecond, () -> nanos, pause -> nanos += pause.toNanos());
  }
}
