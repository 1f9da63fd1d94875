package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.kind.Reactivation;
import io.customerpulse.domain.kind.SegmentEntered;
import io.customerpulse.domain.kind.StageEntered;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleReaderTest {
  private static final Path SHIPPED = Path.of("..", "..", "config", "rules");
  private static final Path EXAMPLES = Path.of("..", "..", "config", "rules-examples");

  @Test
  void shippedRulesLoad() {
    RuleSet rules = RuleReader.read(SHIPPED);

    assertThat(rules.all()).extracting(Rule::id).containsExactly("cart-reminder", "win-back");
    assertThat(rules.ofKind(Kinds.REACTIVATION))
        .singleElement()
        .extracting(Rule::condition, Rule::steps)
        .containsExactly(
            TriggerCondition.of(Kinds.REACTIVATION)
                .with(Reactivation.STAGE, Stage.DORMANT)
                .with(Reactivation.INACTIVE_FOR, Duration.ofDays(14)),
            List.of(Duration.ZERO, Duration.ofDays(14)));
  }

  /** They are read one by one and as a whole, and beside the rules that are used by default. */
  @Test
  void shippedExamplesLoadAndShowTheKindsThatTheDefaultsDoNot() throws IOException {
    RuleSet all = RuleReader.read(EXAMPLES);
    SegmentCheck.check("examples", all, SettingsReader.defaults().rfm().segmentNames());
    RuleSet defaults = RuleReader.read(SHIPPED);
    assertThat(Stream.concat(all.all().stream(), defaults.all().stream()).map(Rule::kind))
        .containsExactlyInAnyOrderElementsOf(Kinds.all());
    assertThat(Stream.concat(all.all().stream(), defaults.all().stream()).map(Rule::id))
        .doesNotHaveDuplicates();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files)
          .hasSize(all.all().size())
          .allSatisfy(
              file -> {
                Rule rule = RuleReader.read(file).all().get(0);
                assertThat(file).hasFileName(rule.id() + ".yaml");
              });
    }
  }

  @Test
  void aKeyThatARuleOmitsHasItsDefault() {
    assertThat(RuleReader.read("x.yaml", "rules: [{id: a, kind: cart_abandonment}]").all())
        .containsExactly(
            new Rule(
                "a",
                1,
                TriggerCondition.of(Kinds.CART_ABANDONMENT),
                List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(72)),
                null,
                Duration.ofHours(24),
                null,
                new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0)),
                0,
                Map.of(),
                Duration.ofHours(12),
                false,
                null));
  }

  @Test
  void readsEveryKeyAlsoFromJson() {
    RuleSet rules =
        RuleReader.read(
            "x.json",
            """
            {"id": "b", "version": 3, "kind": "reactivation", "stage": "lost", "inactive_for": "30d",
             "steps": ["0s"], "filter": "customer.orders > 1", "cooldown": "none", "cap": "none",
             "quiet_hours": "none", "holdout_percent": 10, "variants": {"b": 70, "a": 30},
             "valid_for": "1h", "backfill": true, "activated_at": "2024-03-01T08:00:00+08:00"}
            """);

    Rule rule = rules.byId("b").orElseThrow();
    assertThat(rule.filter().source()).isEqualTo("customer.orders > 1");
    assertThat(rule)
        .isEqualTo(
            new Rule(
                "b",
                3,
                TriggerCondition.of(Kinds.REACTIVATION)
                    .with(Reactivation.STAGE, Stage.LOST)
                    .with(Reactivation.INACTIVE_FOR, Duration.ofDays(30)),
                List.of(Duration.ZERO),
                rule.filter(),
                Duration.ZERO,
                null,
                null,
                10,
                Map.of("a", 30, "b", 70),
                Duration.ofHours(1),
                true,
                Instant.parse("2024-03-01T00:00:00Z")));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void readsWhatBelongsToOneKind(String yaml, TriggerCondition condition, List<Duration> steps) {
    Rule rule = RuleReader.read("x.yaml", "{id: a, " + yaml + "}").all().get(0);
    assertThat(rule.condition()).isEqualTo(condition);
    assertThat(rule.steps()).isEqualTo(steps);
  }

  private static Stream<Arguments> conditions() {
    List<Duration> atOnce = List.of(Duration.ZERO);
    return Stream.of(
        arguments(
            "kind: unpaid_order",
            TriggerCondition.of(Kinds.UNPAID_ORDER),
            List.of(Duration.ofMinutes(15))),
        arguments(
            "kind: browse_abandonment",
            TriggerCondition.of(Kinds.BROWSE_ABANDONMENT)
                .with(BrowseAbandonment.VIEWS, 3)
                .with(BrowseAbandonment.SESSIONS, 2)
                .with(BrowseAbandonment.WITHIN, Duration.ofDays(7))
                .with(BrowseAbandonment.BOUGHT_WITHIN, Duration.ofDays(10)),
            List.of(Duration.ofHours(2))),
        arguments(
            "kind: browse_abandonment, views: 1, within: 1d, bought_within: none, steps: [1h]",
            TriggerCondition.of(Kinds.BROWSE_ABANDONMENT)
                .with(BrowseAbandonment.VIEWS, 1)
                .with(BrowseAbandonment.SESSIONS, 1)
                .with(BrowseAbandonment.WITHIN, Duration.ofDays(1))
                .with(BrowseAbandonment.BOUGHT_WITHIN, Duration.ZERO),
            List.of(Duration.ofHours(1))),
        arguments(
            "kind: stage_entered, stages: [loyal, prospect]",
            TriggerCondition.of(Kinds.STAGE_ENTERED)
                .with(StageEntered.STAGES, Set.of(Stage.LOYAL, Stage.PROSPECT)),
            atOnce),
        arguments(
            "kind: segment_entered, segments: [champions, prospect]",
            TriggerCondition.of(Kinds.SEGMENT_ENTERED)
                .with(SegmentEntered.SEGMENTS, Set.of("champions", "prospect")),
            atOnce),
        arguments(
            "kind: segment_entered, segments: [重要价值]",
            TriggerCondition.of(Kinds.SEGMENT_ENTERED)
                .with(SegmentEntered.SEGMENTS, Set.of("重要价值")),
            atOnce),
        arguments(
            "kind: post_purchase, steps: [7d]",
            TriggerCondition.of(Kinds.POST_PURCHASE),
            List.of(Duration.ofDays(7))),
        arguments(
            "kind: birthday",
            TriggerCondition.of(Kinds.BIRTHDAY).with(Birthday.AT, LocalTime.of(9, 0)),
            atOnce),
        arguments(
            "kind: birthday, at: '10:30', steps: [0s, 8h]",
            TriggerCondition.of(Kinds.BIRTHDAY).with(Birthday.AT, LocalTime.of(10, 30)),
            List.of(Duration.ZERO, Duration.ofHours(8))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: post_purchase | steps",
        "kind: stage_entered | stages",
        "kind: stage_entered, stages: [] | stages",
        "kind: stage_entered, stages: [sleepy] | stages[0]",
        "kind: segment_entered | segments",
        "kind: segment_entered, segments: [\"\"] | segments[0]",
        "kind: browse_abandonment, views: 0 | views",
        "kind: browse_abandonment, views: 2, sessions: 3 | sessions",
        "kind: browse_abandonment, bought_within: 11d | bought_within",
        "kind: birthday, at: 9 | at",
        "kind: birthday, steps: [0s, 15h] | steps",
        "kind: birthday, stages: [new] | stages",
      })
  void refusesWhatAKindDoesNotAllow(String yaml, String path) {
    assertThat(problems("rules: [{id: a, " + yaml + "}]"))
        .extracting(Problem::key)
        .containsExactly("rules[0]." + path);
  }

  @Test
  void aCapSaysWhetherFailedMessagesCount() {
    String rule = "{id: a, kind: unpaid_order, cap: {count: 1, per: 1d%s}}";
    assertThat(RuleReader.read("x.yaml", String.format(Locale.ROOT, rule, "")).all().get(0).cap())
        .isEqualTo(new Cap(1, Duration.ofDays(1), true));
    assertThat(
            RuleReader.read("x.yaml", String.format(Locale.ROOT, rule, ", count_failed: false"))
                .all()
                .get(0)
                .cap())
        .isEqualTo(new Cap(1, Duration.ofDays(1), false));
  }

  @Test
  void sortsByPrecedenceThenId(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("one.yaml"),
        "rules: [{id: a, kind: reactivation}, {id: z, kind: cart_abandonment}]");
    Files.writeString(
        folder.resolve("two.json"), "{\"id\": \"b\", \"kind\": \"cart_abandonment\"}");
    Files.writeString(folder.resolve("README.md"), "no rules");

    assertThat(RuleReader.read(folder).all()).extracting(Rule::id).containsExactly("b", "z", "a");
  }

  @Test
  void refusesOneIdInTwoFiles(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("one.yaml");
    Path two = folder.resolve("two.yaml");
    Files.writeString(one, "rules: [{id: a, kind: reactivation}]");
    Files.writeString(two, "rules:\n- {id: a, kind: reactivation}");

    assertThat(catchThrowableOfType(ConfigurationException.class, () -> RuleReader.read(folder)))
        .hasMessage(
            two + ":2: rules[0].id: 'a' is the id of another rule already, at " + one + ":1");
  }

  @Test
  void refusesAnEmptyFolderAndAMissingFile(@TempDir Path folder) {
    Path absent = folder.resolve("absent.yaml");
    assertThat(catchThrowableOfType(ConfigurationException.class, () -> RuleReader.read(folder)))
        .hasMessage(folder + ": has no rule files; allowed: .yaml, .yml and .json files");
    assertThat(catchThrowableOfType(ConfigurationException.class, () -> RuleReader.read(absent)))
        .hasMessage(absent + ": does not exist");
  }

  @Test
  void reportsAllProblemsTogether() {
    assertThat(
            problems(
                """
                rules:
                  - id: Cart Reminder
                    kind: cart_abandonmnt
                    stps: [1h]
                  - kind: reactivation
                    exit_on: sku
                    variants: {a: 50, b: 40}
                    filter: "customer.ordres > 1"
                """))
        .extracting(Problem::toString)
        .containsExactly(
            "x.yaml:2: rules[0].id: 'Cart Reminder' is not allowed; allowed: lower-case letters,"
                + " digits and hyphens, at most 64",
            "x.yaml:3: rules[0].kind: 'cart_abandonmnt' is not allowed; allowed: birthday,"
                + " browse_abandonment, cart_abandonment, post_purchase, reactivation,"
                + " segment_entered, stage_entered, unpaid_order",
            "x.yaml:4: rules[0].stps: is no known key; did you mean steps?; allowed: activated_at,"
                + " at, backfill, bought_within, cap, cooldown, exit_on, filter, holdout_percent,"
                + " id, inactive_for, kind, quiet_hours, segments, sessions, stage, stages, steps,"
                + " valid_for, variants, version, views, within",
            "x.yaml:5: rules[1].id: is missing; allowed: lower-case letters, digits and hyphens, at"
                + " most 64",
            "x.yaml:6: rules[1].exit_on: 'sku' belongs to the kind cart_abandonment only",
            "x.yaml:7: rules[1].variants: sum to 90; allowed: up to 10 shares that sum to 100",
            "x.yaml:8: rules[1].filter: 'customer.ordres > 1' is no right expression: at 1:9"
                + " undefined field 'ordres'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 0 | version",
        "steps: [] | steps",
        "steps: [2h, 1h] | steps",
        "steps: [400d] | steps[0]",
        "steps: none | steps",
        "exit_on: all | exit_on",
        "inactive_for: 1d | inactive_for",
        "cooldown: never | cooldown",
        "cap: {count: 1, per: 1d, each: 1} | cap.each",
        "cap: {count: 101, per: 1d} | cap.count",
        "quiet_hours: {from: '25:00', to: '08:00'} | quiet_hours.from",
        "quiet_hours: {from: '22:00'} | quiet_hours.to",
        "quiet_hours: 22-8 | quiet_hours",
        "holdout_percent: 101 | holdout_percent",
        "holdout_percent: 1.5 | holdout_percent",
        "variants: {holdout: 100} | variants.holdout",
        "valid_for: none | valid_for",
        "backfill: maybe | backfill",
        "activated_at: yesterday | activated_at",
        "filter: customer.orders | filter",
        "filter: crat.lines > 1 | filter",
        "filter: 'customer.stage > 1' | filter"
      })
  void refusesWhatIsNotAllowed(String key, String path) {
    assertThat(problems("rules:\n- id: a\n  kind: cart_abandonment\n  " + key + "\n"))
        .extracting(Problem::key)
        .containsExactly("rules[0]." + path);
  }

  @Test
  void travelsInsideOperators() throws IOException, ClassNotFoundException, FilterException {
    RuleSet rules =
        RuleReader.read(
            "x.yaml", "rules: [{id: a, kind: cart_abandonment, filter: 'cart.lines > 1'}]");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rules);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RuleSet arrived = (RuleSet) in.readObject();
      assertThat(arrived).isEqualTo(rules);
      FilterInput two = Given.filterInput(Map.of(), Map.of("lines", 2L), Map.of(), Map.of());
      assertThat(arrived.all().get(0).filter().test(two)).isTrue();
    }
  }

  private static List<Problem> problems(String yaml) {
    ConfigurationException refusal =
        catchThrowableOfType(ConfigurationException.class, () -> RuleReader.read("x.yaml", yaml));
    assertThat(refusal).as("nothing was refused").isNotNull();
    return refusal.problems();
  }
}
