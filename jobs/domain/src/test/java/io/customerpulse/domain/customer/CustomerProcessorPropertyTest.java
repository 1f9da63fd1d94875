package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.oracle.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The processor against a naive recomputation of everything from the full history: any rules, any
 * changes of them, any arrival order within the bound, any delay of wakes, restarts anywhere.
 */
class CustomerProcessorPropertyTest {

  @Test
  void agreesWithTheNaiveOracle() {
    Seeds.tryEach(
        getClass(),
        300,
        100,
        seed -> {
          Scenario scenario = RandomScenario.of(seed);
          Told told = Told.of(Run.of(scenario).inSomeOrder(seed));
          told.agreesWith(new NaiveOracle(scenario).run(), "seed %d", seed);
          List<String> again = Told.of(Run.of(scenario).withRestarts(~seed)).lines();
          assertThat(again)
              .as("seed %d, in another order, with restarts", seed)
              .isEqualTo(told.lines());
        });
  }

  @Test
  void customersOfSeveralTenantsAgreeEachWithAnOracleOfTheirOwn() {
    Seeds.tryEach(
        getClass(),
        50,
        10,
        seed -> {
          List<Scenario> customers = RandomScenario.shop(seed);
          List<List<Effect>> outputs = Run.together(customers, seed);
          for (int i = 0; i < customers.size(); i++) {
            Told.of(outputs.get(i))
                .agreesWith(
                    new NaiveOracle(customers.get(i)).run(), "seed %d, customer %d", seed, i);
          }
        });
  }

  /** A run without end publishes profiles as they change; the last one must say everything. */
  @Test
  void theLastProfileOfARunWithoutEndIsComplete() {
    Seeds.tryEach(getClass(), 100, 25, CustomerProcessorPropertyTest::theLastProfileIsComplete);
  }

  private static void theLastProfileIsComplete(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Scenario longer = scenario.endingAt(scenario.asOf().plus(Duration.ofHours(1)));
    Run run = new Run(longer, UnaryOperator.identity(), false);
    Told told = Told.of(run.inSomeOrder(seed));
    Told expected = new NaiveOracle(longer).run();

    assertThat(told.transitions()).as("seed %d", seed).isEqualTo(expected.transitions());
    assertThat(told.profile() == null).as("seed %d", seed).isEqualTo(expected.profile() == null);
    if (told.profile() == null) {
      return;
    }
    assertThat(told.profile().lastSeenAt())
        .as("seed %d", seed)
        .isEqualTo(expected.profile().lastSeenAt());
    Instant asOf = told.profile().asOf();
    // Interests alone don't outdate a profile, not even those of a further event of its instant.
    if (scenario.events().stream().filter(e -> e.eventTime().equals(asOf)).count() <= 1) {
      told.profileAgreesWith(new NaiveOracle(scenario.endingAt(asOf)).run(), "seed %d", seed);
    }
    assertThat(told.profile().stage()).as("seed %d", seed).isEqualTo(expected.profile().stage());
    assertThat(told.profile().netSpendMinor())
        .as("seed %d", seed)
        .isEqualTo(expected.profile().netSpendMinor());
  }
}
