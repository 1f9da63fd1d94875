package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.oracle.LimitScenario;
import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.order.RecentPurchases;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The processor against the naive recomputation where a customer has more than is kept. */
class LimitsPropertyTest {
  private final Set<Note> fellOver = EnumSet.noneOf(Note.class);
  private boolean manyPurchases;
  private boolean fullCart;

  @Test
  void agreesWithTheNaiveOracleBeyondTheLimits() {
    Seeds.tryEach(getClass(), 3, 1, this::agrees);

    assertThat(fellOver)
        .contains(
            Note.ORDERS_OVER_LIMIT,
            Note.EPISODES_OVER_LIMIT,
            Note.FIRES_OVER_LIMIT,
            Note.CART_LINES_OVER_LIMIT);
    assertThat(manyPurchases).as("as many recent purchases as are kept").isTrue();
    assertThat(fullCart).as("a cart with as many lines as are kept").isTrue();
  }

  private void agrees(long seed) {
    Scenario scenario = LimitScenario.of(seed);
    Run run = Run.of(scenario);
    List<Effect> outputs = run.inSomeOrder(seed);
    Told told = Told.of(outputs);
    told.agreesWith(new NaiveOracle(scenario).run(), "seed %d", seed);

    for (Effect output : outputs) {
      if (output instanceof Effect.Noted noted) {
        fellOver.add(noted.note());
      }
    }
    manyPurchases |= run.state().facts().recentPurchases().all().size() == RecentPurchases.LIMIT;
    fullCart |= told.profile() != null && told.profile().cartLines() == 200;
  }
}
