package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.StructType;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is said of the fields, held against all that filters get to see in histories by chance. */
class FilterFactsTest {
  private static final Set<TriggerKind> SEEN = new HashSet<>();

  @Test
  void holdForEveryStepThatIsJudged() {
    for (long seed : Seeds.of(getClass(), 500, 200)) {
      Scenario scenario = RandomScenario.of(seed);
      List<Rule> rules = scenario.rules().stream().map(FilterFactsTest::looking).toList();
      Scenario looking =
          new Scenario(
              scenario.events(),
              scenario.settings(),
              rules,
              scenario.cuts(),
              scenario.wallTime(),
              scenario.asOf());
      Run.of(looking).inSomeOrder(seed);
    }
    assertThat(SEEN).containsExactlyInAnyOrderElementsOf(Kinds.all());
  }

  private static Rule looking(Rule rule) {
    return new Rule(
        rule.id(),
        rule.version(),
        rule.condition(),
        rule.steps(),
        new Looking(rule.kind()),
        rule.cooldown(),
        rule.cap(),
        rule.quietHours(),
        rule.holdoutPercent(),
        rule.variants(),
        rule.validFor(),
        rule.backfill(),
        rule.activatedAt());
  }

  /** Lets everything pass that is as it is said to be. */
  private record Looking(TriggerKind kind) implements RuleFilter {

    @Override
    public String source() {
      return "true";
    }

    @Override
    public boolean readsEventAttributes() {
      return true;
    }

    @Override
    public List<String> warnings(TriggerKind ofKind) {
      return List.of();
    }

    @Override
    public boolean test(FilterInput input) {
      SEEN.add(kind);
      Map<String, Map<String, Object>> seen =
          Map.of(
              "customer", input.customer(),
              "cart", input.cart(),
              "episode", input.episode(),
              "event", input.event());
      for (String field : fields()) {
        Object value = value(seen, field);
        boolean set = value != null;
        if (FilterFacts.isAlwaysSet(kind, field)) {
          assertThat(set).as("%s of %s", field, kind).isTrue();
        }
        assertThat(set)
            .as("%s of %s", field, kind)
            .isEqualTo(value(seen, FilterFacts.setWith(field)) != null);
        if (FilterFacts.isOfBuyers(field)) {
          assertThat(set).as(field).isEqualTo(!seen.get("customer").get("orders").equals(0L));
        }
        if (FilterFacts.eventType(field) != null) {
          assertThat(set)
              .as(field)
              .isEqualTo(FilterFacts.eventType(field).equals(seen.get("event").get("type")));
        }
        if (set && FilterFacts.least(field) != null) {
          assertThat((Long) value)
              .as(field)
              .isGreaterThanOrEqualTo(FilterFacts.least(field).longValue());
        }
      }
      return true;
    }

    private static Object value(Map<String, Map<String, Object>> seen, String field) {
      int dot = field.indexOf('.');
      return seen.get(field.substring(0, dot)).get(field.substring(dot + 1));
    }

    private static Set<String> fields() {
      Set<String> fields = new TreeSet<>();
      FilterSchema.INSTANCE
          .variables()
          .forEach(
              variable ->
                  ((StructType) variable.type())
                      .fields()
                      .forEach(field -> fields.add(variable.name() + "." + field.name())));
      return fields;
    }
  }
}
