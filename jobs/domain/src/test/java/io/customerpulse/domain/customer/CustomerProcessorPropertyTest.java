package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The processor against a naive recomputation of everything from the full history: any arrival
 * order within the bound, any delay of wakes.
 */
class CustomerProcessorPropertyTest {
  private static final int SEEDS = Integer.getInteger("customer-pulse.seeds", 2_000);
  private static final int FIRST_SEED = Integer.getInteger("customer-pulse.first-seed", 0);

  @Test
  void agreesWithTheNaiveOracle() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      List<String> expected = new NaiveOracle(scenario).run().lines();
      List<String> once = told(scenario, seed);
      assertThat(once).as("seed %d", seed).isEqualTo(expected);
      assertThat(told(scenario, ~seed)).as("seed %d, another order", seed).isEqualTo(once);
    }
  }

  private static List<String> told(Scenario scenario, long order) {
    return Told.of(Run.of(scenario).inSomeOrder(order)).lines();
  }
}
