package io.customerpulse.lab.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTestPlanTest {
  @Test
  void saysHowManyAreThereAtTheTimeItIs() {
    LoadTestPlan plan = plan(Optional.empty());

    assertThat(plan.words())
        .isEqualTo("10,000 events/s for 30 min, at the time it is: 150,000 visitors at once");
    assertThat(plan.events()).isEqualTo(18_000_000);
  }

  @Test
  void saysHowManyDaysPassInstead() {
    LoadTestPlan plan = plan(Optional.of(Duration.ofDays(3)));

    assertThat(plan.words()).isEqualTo("10,000 events/s for 30 min, in which 3 days pass");
    assertThat(plan.events()).isEqualTo(18_000_000);
  }

  private static LoadTestPlan plan(Optional<Duration> simulated) {
    return new LoadTestPlan(
        Path.of("home"), Path.of("folder"), 1_000_000, 10_000, Duration.ofMinutes(30), simulated);
  }
}
