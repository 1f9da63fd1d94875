package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.CapReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys that every rule takes in a file, whatever its kind. */
public final class RuleKeys {
  private static final int MAX_VARIANTS = 10;

  /** A time of day, in the tenant's zone. */
  public static final ValueType<LocalTime> TIME_OF_DAY =
      new ValueType<>("a time of day such as \"22:00\"", LocalTime::parse);

  private static final ValueType<String> ID_TYPE =
      ValueType.text(
          "lower-case letters, digits and hyphens, at most 64", Pattern.compile("[a-z0-9-]{1,64}"));
  private static final ValueType<Integer> PERCENT_TYPE = ValueType.integer(0, 100);
  private static final ValueType<Duration> OFFSET_TYPE =
      ValueType.duration(Duration.ZERO, Rule.MAX_OFFSET);
  private static final ValueType<Instant> INSTANT_TYPE =
      new ValueType<>(
          "a time such as 2024-03-01T10:00:00+08:00, or epoch milliseconds", RuleKeys::instant);
  private static final ValueType<String> NONE_OR_HOURS =
      new ValueType<>(
          "none, or hours such as {from: \"22:00\", to: \"08:00\"}",
          ValueType.choice(Map.of("none", "none")).parser());
  private static final String UP_TO_OFFSET = "up to " + Key.words(Rule.MAX_OFFSET);

  static final Key<String> ID =
      Key.required(
          "id",
          ID_TYPE,
          "names the rule for good; in every trigger",
          "`a`–`z`, `0`–`9`, `-`, at most 64; unique over all files");

  static final Key<Integer> VERSION =
      Key.integer("version", 1, Integer.MAX_VALUE, 1, "counts up with every change");

  static final Key<List<Duration>> STEPS =
      new Key<>(
          "steps",
          List.of(),
          (section, key, fallback) ->
              section.ascending(key, fallback, 1, Rule.MAX_STEPS, OFFSET_TYPE),
          "when it fires, counted from what began it or changed it last",
          "by kind, below",
          "1 to " + Rule.MAX_STEPS + ", ascending, " + UP_TO_OFFSET);

  static final Key<RuleFilter> FILTER =
      new Key<>(
          "filter",
          null,
          RuleKeys::filter,
          "must hold when a step is due, else the step is suppressed",
          "none",
          "an expression, below");

  static final Key<Duration> COOLDOWN =
      Key.of(
              "cooldown",
              OFFSET_TYPE.orNone(Duration.ZERO),
              Duration.ZERO,
              "so long after a message of this rule, another cart, product, order … brings none",
              UP_TO_OFFSET + ", `none`")
          .described("by kind, below", UP_TO_OFFSET + ", `none`");

  static final Key<Cap> CAP =
      new Key<>(
          "cap",
          null,
          CapReader::read,
          "at most so many messages of this rule for one customer in a rolling window. With"
              + " `count_failed: false` a message that a `message` event reports as failed isn't"
              + " counted",
          "`none`",
          CapReader.ALLOWED);

  static final Key<QuietHours> QUIET_HOURS =
      new Key<>(
          "quiet_hours",
          Rule.DEFAULT_QUIET_HOURS,
          RuleKeys::quietHours,
          "hours in the tenant's zone that hold a step until they end",
          "`{from: \""
              + Rule.DEFAULT_QUIET_HOURS.from()
              + "\", to: \""
              + Rule.DEFAULT_QUIET_HOURS.to()
              + "\"}`",
          "two times of day, `none`");

  static final Key<Integer> HOLDOUT_PERCENT =
      Key.integer(
          "holdout_percent",
          0,
          100,
          0,
          "share of the customers who are followed but not addressed, for comparison");

  static final Key<Map<String, Integer>> VARIANTS =
      new Key<>(
          "variants",
          Map.of(),
          RuleKeys::variants,
          "name → share in percent of those addressed, such as `{a: 50, b: 50}`",
          "none",
          "up to " + MAX_VARIANTS + ", summing to 100");

  static final Key<Duration> VALID_FOR =
      Key.duration(
          "valid_for",
          Duration.ZERO,
          Rule.MAX_OFFSET,
          Rule.DEFAULT_VALID_FOR,
          "a step may fire until so long after it is due");

  static final Key<Boolean> BACKFILL =
      Key.bool("backfill", false, "whether events before `activated_at` count too");

  static final Key<Instant> ACTIVATED_AT =
      Key.of(
              "activated_at",
              INSTANT_TYPE,
              (Instant) null,
              "only what happens from then on begins anything",
              "a point in time")
          .described("from the beginning", "a point in time");

  private RuleKeys() {}

  /** The key that names one of these kinds. */
  static Key<TriggerKind> kind(RuleKinds kinds) {
    return Key.required(
        "kind",
        ValueType.choice(kinds.byName()),
        "what it waits for, below",
        kinds.all().stream().map(Key::words).collect(Collectors.joining(", ")));
  }

  /** All of them, in the order of the reference, where rules may be of these kinds. */
  public static List<Key<?>> all(RuleKinds kinds) {
    return List.of(
        ID,
        VERSION,
        kind(kinds),
        STEPS,
        FILTER,
        COOLDOWN,
        CAP,
        QUIET_HOURS,
        HOLDOUT_PERCENT,
        VARIANTS,
        VALID_FOR,
        BACKFILL,
        ACTIVATED_AT);
  }

  private static RuleFilter filter(Section section, String key, RuleFilter fallback) {
    String source =
        section.value(key, null, new ValueType<>("a CEL expression", Function.identity()));
    if (source == null) {
      return fallback;
    }
    try {
      return CelFilter.compile(source);
    } catch (IllegalArgumentException e) {
      section.refuse(key, "is no right expression: " + e.getMessage());
      return fallback;
    }
  }

  private static QuietHours quietHours(Section section, String key, QuietHours fallback) {
    if (!section.has(key)) {
      return fallback;
    }
    if (section.hasScalar(key)) {
      section.value(key, null, NONE_OR_HOURS);
      return null;
    }
    Section hours = section.section(key);
    LocalTime from = hours.required("from", TIME_OF_DAY);
    LocalTime to = hours.required("to", TIME_OF_DAY);
    hours.refuseUnknownKeys();
    return from == null || to == null ? null : new QuietHours(from, to);
  }

  private static Map<String, Integer> variants(
      Section section, String key, Map<String, Integer> fallback) {
    Section shares = section.section(key);
    Map<String, Integer> variants = new TreeMap<>(fallback);
    for (String name : shares.keys()) {
      if (!ID_TYPE.matches(name) || name.equals("holdout") || name.equals("treated")) {
        shares.refuse(
            name, "has no right name; allowed: " + ID_TYPE.allowed() + ", not holdout, treated");
      }
      variants.put(name, shares.value(name, 0, PERCENT_TYPE));
    }
    int sum = variants.values().stream().mapToInt(Integer::intValue).sum();
    if (!variants.isEmpty() && (sum != 100 || variants.size() > MAX_VARIANTS)) {
      section.refuse(
          key, "sum to " + sum + "; allowed: up to " + MAX_VARIANTS + " shares that sum to 100");
    }
    return Collections.unmodifiableMap(variants);
  }

  private static Instant instant(String text) {
    boolean millis = text.matches("-?\\d{1,15}");
    Instant instant =
        millis
            ? Instant.ofEpochMilli(Long.parseLong(text))
            : OffsetDateTime.parse(text).toInstant();
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
