package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.profile.CustomerProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * However late events come, sums, scores and stage end as if all had come in time. Triggers don't:
 * what was sent was sent.
 */
class LateEventsPropertyTest {
  private static final int SEEDS = Integer.getInteger("customer-pulse.seeds", 1_000);

  @Test
  void sumsAndStageAgreeWithTheNaiveOracle() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Scenario scenario = withoutContradictions(RandomScenario.of(seed));
      Duration lateness = Duration.ofMinutes(1 + new Random(seed).nextInt(100_000));
      Told told = Told.of(Run.of(scenario).inSomeOrder(seed, lateness));
      assertThat(sums(told.profile()))
          .as("seed %d", seed)
          .isEqualTo(sums(new NaiveOracle(scenario).run().profile()));
      assertThat(told.transitions().get(told.transitions().size() - 1).to())
          .as("seed %d: the last transition tells the stage", seed)
          .isEqualTo(told.profile().stage());
      assertThat(told.triggers().stream().map(t -> t.action() + t.triggerId()))
          .as("seed %d: each trigger fires and is cancelled at most once", seed)
          .doesNotHaveDuplicates();
      assertThat(told.accepted())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              scenario.events().stream().map(BehaviorEvent::eventId).toList());
    }
  }

  /**
   * Nobody is erased, and no refund is told twice with different amounts: of two the one that comes
   * first stands, which lateness decides.
   */
  private static Scenario withoutContradictions(Scenario scenario) {
    Set<String> refunds = new HashSet<>();
    List<BehaviorEvent> events = new ArrayList<>();
    for (BehaviorEvent event : scenario.events()) {
      boolean repeated =
          event.payload() instanceof Refund refund && !refunds.add(refund.refundId());
      if (!repeated && event.type() != EventType.ERASE) {
        events.add(event);
      }
    }
    if (events.isEmpty()) {
      return withoutContradictions(RandomScenario.of(scenario.events().hashCode()));
    }
    return new Scenario(
        events,
        scenario.settings(),
        scenario.rules(),
        scenario.cuts(),
        scenario.wallTime(),
        scenario.asOf());
  }

  private static List<Object> sums(CustomerProfile profile) {
    return Arrays.asList(
        new HashSet<>(profile.identifiers().all()),
        profile.firstSeenAt(),
        profile.lastSeenAt(),
        profile.firstOrderAt(),
        profile.lastOrderAt(),
        profile.orders(),
        profile.netSpendMinor(),
        profile.ordersInWindow(),
        profile.netSpendInWindowMinor(),
        profile.unmatchedRefundsMinor(),
        profile.recencyDays(),
        profile.scores(),
        profile.segment(),
        profile.stage(),
        profile.birthday(),
        profile.level(),
        profile.city());
  }
}
