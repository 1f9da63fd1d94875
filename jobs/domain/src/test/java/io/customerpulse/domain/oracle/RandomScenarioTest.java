package io.customerpulse.domain.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A property that is never met is never checked: chance must bring about whatever there is. */
class RandomScenarioTest {
  private static final int SEEDS = 2_000;

  /** What never suppresses a kind. */
  private static final Set<String> IMPOSSIBLE =
      Set.of(
          // It is a service message, and no kind is higher.
          "UNPAID_ORDER SUPPRESSED CONSENT",
          "UNPAID_ORDER SUPPRESSED PRECEDENCE",
          // They take no part in precedence.
          "STAGE_ENTERED SUPPRESSED PRECEDENCE",
          "SEGMENT_ENTERED SUPPRESSED PRECEDENCE",
          "POST_PURCHASE SUPPRESSED PRECEDENCE",
          "BIRTHDAY SUPPRESSED PRECEDENCE");

  @Test
  void meetsEveryKindInEveryOutcome() {
    Map<String, Integer> met = new TreeMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      Map<String, TriggerKind> kinds = new HashMap<>();
      scenario.rules().forEach(rule -> kinds.put(rule.id(), rule.kind()));
      Told told = new NaiveOracle(scenario).run();
      for (Trigger trigger : told.triggers()) {
        met.merge(trigger.kind() + " " + trigger.action(), 1, Integer::sum);
      }
      for (TriggerOutcome outcome : told.outcomes()) {
        String what = outcome.outcome() + " " + outcome.reason();
        met.merge(kinds.get(outcome.ruleId()) + " " + what, 1, Integer::sum);
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (TriggerKind kind : TriggerKind.values()) {
      wanted.add(kind + " FIRE");
      wanted.add(kind + " CANCEL");
      wanted.add(kind + " " + Outcome.CONVERTED + " ORDER");
      wanted.add(kind + " " + Outcome.EXPIRED + " VALID_UNTIL");
      for (String reason :
          Set.of("FILTER", "FILTER_ERROR", "CONSENT", "COOLDOWN", "PRECEDENCE", "CAP")) {
        wanted.add(kind + " SUPPRESSED " + reason);
      }
      wanted.add(kind + " SUPPRESSED QUIET_HOURS");
      wanted.add(kind + " SUPPRESSED SUPERSEDED");
    }
    wanted.removeAll(IMPOSSIBLE);
    assertThat(met.keySet()).containsAll(wanted);
  }
}
