package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The processor against a naive recomputation of everything from the full history: any rules, any
 * arrival order within the bound, any delay of wakes, restarts anywhere. {@code
 * -Dcustomer-pulse.seeds} tries more seeds, {@code -Dcustomer-pulse.first-seed} others.
 */
class CustomerProcessorPropertyTest {
  private static final int SEEDS = Integer.getInteger("customer-pulse.seeds", 2_000);
  private static final int FIRST_SEED = Integer.getInteger("customer-pulse.first-seed", 0);

  @Test
  void agreesWithTheNaiveOracle() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      List<String> expected = new NaiveOracle(scenario).run().lines();
      List<String> once = Told.of(Run.of(scenario).inSomeOrder(seed)).lines();
      assertThat(once).as("seed %d", seed).isEqualTo(expected);
      List<String> again = Told.of(Run.of(scenario).withRestarts(~seed)).lines();
      assertThat(again).as("seed %d, in another order, with restarts", seed).isEqualTo(once);
    }
  }

  /** A run without end publishes profiles as they change; the last one must say everything. */
  @Test
  void theLastProfileOfARunWithoutEndIsComplete() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 4; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      Scenario longer = endingAt(scenario, scenario.asOf().plus(Duration.ofHours(1)));
      Run run = new Run(longer, UnaryOperator.identity(), false);
      Told told = Told.of(run.inSomeOrder(seed));
      Told expected = new NaiveOracle(longer).run();

      assertThat(told.transitions()).as("seed %d", seed).isEqualTo(expected.transitions());
      assertThat(told.profile() == null).as("seed %d", seed).isEqualTo(expected.profile() == null);
      if (told.profile() != null) {
        assertThat(told.profile().lastSeenAt())
            .as("seed %d", seed)
            .isEqualTo(expected.profile().lastSeenAt());
        Instant asOf = told.profile().asOf();
        // Interests alone don't outdate a profile, not even those of a further event of its
        // instant.
        if (scenario.events().stream().filter(e -> e.eventTime().equals(asOf)).count() <= 1) {
          assertThat(told.profile())
              .as("seed %d", seed)
              .isEqualTo(new NaiveOracle(endingAt(scenario, asOf)).run().profile());
        }
        assertThat(told.profile().stage())
            .as("seed %d", seed)
            .isEqualTo(expected.profile().stage());
        assertThat(told.profile().netSpendMinor())
            .as("seed %d", seed)
            .isEqualTo(expected.profile().netSpendMinor());
      }
    }
  }

  private static Scenario endingAt(Scenario scenario, Instant asOf) {
    return new Scenario(
        scenario.events(),
        scenario.settings(),
        scenario.rules(),
        scenario.cuts(),
        scenario.wallTime(),
        asOf);
  }
}
