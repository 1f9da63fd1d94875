package io.customerpulse.domain.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.kind.LevelReached;
import io.customerpulse.domain.reference.RuleReference;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleKinds;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Trigger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A kind of rule is one class: one that only tests know has all that the others have. */
class NewKindTest {
  private static final RuleKinds KINDS = RuleKinds.installed().with(new LevelReached());

  private static Rule rule(String keys) {
    return RuleReader.read("x.yaml", "{id: gold, kind: level_reached, " + keys + "}", KINDS)
        .all()
        .get(0);
  }

  private static Payload level(String level) {
    return new Payload.Profile(null, null, level, null, null, Map.of());
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> RuleReader.read("x.yaml", yaml, KINDS))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void itsKeysAreRead() {
    assertThat(rule("level: gold").get(LevelReached.AT_MOST)).isEqualTo(5);
    Rule rule = rule("level: silver, at_most: 2");
    assertThat(rule.kind()).isEqualTo(new LevelReached());
    assertThat(rule.get(LevelReached.LEVEL)).isEqualTo("silver");
    assertThat(rule.get(LevelReached.AT_MOST)).isEqualTo(2);
    assertThat(rule.steps()).isEqualTo(new LevelReached().defaultSteps());
  }

  @Test
  void whatIsWrongWithItsKeysIsTold() {
    assertThat(problems("{id: a, kind: level_reached, at_most: 10}"))
        .containsExactly(
            "x.yaml:1: level: is missing; allowed: a level",
            "x.yaml:1: at_most: '10' is not allowed; allowed: a whole number from 1 to 9");
    assertThat(problems("{id: a, kind: birthday, at_most: 3}"))
        .containsExactly("x.yaml:1: at_most: '3' belongs to the kind level_reached only");
    assertThat(problems("{id: a, kind: level}").get(0))
        .contains("birthday, browse_abandonment, cart_abandonment, level_reached, post_purchase");
  }

  @Test
  void opensRemembersAndFiresWithEvidence() {
    Customer customer = new Customer(rule("level: gold, quiet_hours: none"));
    customer.does("2024-03-01T12:00", level("gold")).until("2024-03-01T13:00");
    List<Trigger> fired = customer.news().triggers();
    assertThat(fired).extracting(Customer::line).containsExactly("FIRE gold 1 2024-03-01T13:00");
    assertThat(fired.get(0).kind().wireName()).isEqualTo("level_reached");
    assertThat(fired.get(0).evidence().cartId()).isEqualTo("gold for 5 days");

    customer.does("2024-03-02T12:00", level("gold")).until("2024-03-02T14:00");
    assertThat(customer.triggers()).isEmpty();

    customer.does("2024-03-03T12:00", level("silver")).does("2024-03-03T12:30", level("gold"));
    customer.until("2024-03-04T00:00");
    assertThat(customer.triggers()).containsExactly("FIRE gold 1 2024-03-03T13:30");
  }

  @Test
  void isForgottenWhenNothingIsLeftToRemember() {
    KindMemories memories = KindMemories.NONE.with(new LevelReached(), "gold");
    assertThat(memories.of(new LevelReached())).isEqualTo("gold");
    assertThat(memories.of(new Birthday())).isEmpty();
    assertThat(memories.with(new LevelReached(), "")).isSameAs(KindMemories.NONE);
  }

  @Test
  void standsInTheReference() {
    assertThat(RuleReference.kinds(KINDS))
        .contains("| `level_reached` | a level that begins | `[1h]` | none |")
        .contains("| `level_reached` | `at_most` | no longer than so many days | `5` | 1 to 9 |");
    assertThat(RuleReference.keys(KINDS)).contains("`birthday`, `level_reached` |");
    assertThat(RuleReference.kinds(RuleKinds.installed())).doesNotContain("level_reached");
  }

  @Test
  void twoKindsShareNoNameNoCodeAndNoPlace() {
    assertRefused(
        new LevelReached("birthday", 200, 1_000), "birthday and birthday", "name birthday");
    assertRefused(new LevelReached("other", 1, 1_000), "cart_abandonment and other", "code 1");
    assertRefused(new LevelReached("other", 200, 80), "birthday and other", "place 80");
  }

  private static void assertRefused(TriggerKind kind, String both, String what) {
    assertThatThrownBy(() -> RuleKinds.installed().with(kind))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The kinds %s both have the %s", both, what);
  }
}
