package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.settings.CapReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one rule. What is wrong is reported; the rule is then of no use. */
final class RuleSection {
  /** A time of day, in the tenant's zone. */
  static final ValueType<LocalTime> TIME_OF_DAY =
      new ValueType<>("a time of day such as \"22:00\"", LocalTime::parse);

  private static final int MAX_VARIANTS = 10;
  private static final ValueType<String> ID =
      ValueType.text(
          "lower-case letters, digits and hyphens, at most 64", Pattern.compile("[a-z0-9-]{1,64}"));
  private static final ValueType<Integer> PERCENT = ValueType.integer(0, 100);
  private static final ValueType<Duration> OFFSET =
      ValueType.duration(Duration.ZERO, Rule.MAX_OFFSET);
  private static final ValueType<Instant> INSTANT =
      new ValueType<>(
          "a time such as 2024-03-01T10:00:00+08:00, or epoch milliseconds", RuleSection::instant);
  private static final ValueType<TriggerKind> KIND = choice(TriggerKind.values());
  private static final ValueType<String> NONE_OR_HOURS =
      new ValueType<>(
          "none, or hours such as {from: \"22:00\", to: \"08:00\"}",
          ValueType.choice(Map.of("none", "none")).parser());

  private final Section section;
  private final TriggerKind kind;

  private RuleSection(Section section, TriggerKind kind) {
    this.section = section;
    this.kind = kind;
  }

  /** The rule of a section. */
  static Rule read(Section section) {
    String id = section.required("id", ID);
    TriggerKind kind = section.required("kind", KIND);
    RuleSection reader = new RuleSection(section, kind);
    Occasion occasion = OccasionReader.read(section, kind);
    Rule rule =
        new Rule(
            id,
            section.value("version", 1, ValueType.integer(1, Integer.MAX_VALUE)),
            occasion,
            reader.steps(occasion),
            reader.filter(),
            section.value(
                "cooldown",
                kind == null ? Duration.ZERO : kind.defaultCooldown(),
                OFFSET.orNone(Duration.ZERO)),
            CapReader.read(section, "cap", null),
            reader.quietHours(),
            section.value("holdout_percent", 0, PERCENT),
            reader.variants(),
            section.value("valid_for", Rule.DEFAULT_VALID_FOR, OFFSET),
            section.value("backfill", false, ValueType.bool()),
            section.value("activated_at", null, INSTANT));
    section.refuseUnknownKeys();
    return rule;
  }

  private List<Duration> steps(Occasion occasion) {
    List<Duration> fallback = kind == null ? List.of() : kind.defaultSteps();
    if (kind != null && fallback.isEmpty() && !section.has("steps")) {
      section.refuse("steps", "is missing; allowed: a list such as [1h, 7d]");
    }
    List<Duration> steps = section.ascending("steps", fallback, 1, Rule.MAX_STEPS, OFFSET);
    if (occasion instanceof Occasion.Birthday birthday) {
      Duration left = Duration.between(birthday.at(), LocalTime.MAX);
      if (steps.get(steps.size() - 1).compareTo(left) > 0) {
        section.refuse(
            "steps", "reach beyond the day; allowed: offsets from " + birthday.at() + " within it");
      }
    }
    return steps;
  }

  private RuleFilter filter() {
    String source =
        section.value("filter", null, new ValueType<>("a CEL expression", Function.identity()));
    if (source == null) {
      return null;
    }
    try {
      return CelFilter.compile(source);
    } catch (IllegalArgumentException e) {
      section.refuse("filter", "is no right expression: " + e.getMessage());
      return null;
    }
  }

  private QuietHours quietHours() {
    String key = "quiet_hours";
    if (!section.has(key)) {
      return Rule.DEFAULT_QUIET_HOURS;
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

  private Map<String, Integer> variants() {
    Section shares = section.section("variants");
    Map<String, Integer> variants = new TreeMap<>();
    for (String name : shares.keys()) {
      if (!ID.matches(name) || name.equals("holdout") || name.equals("treated")) {
        shares.refuse(
            name, "has no right name; allowed: " + ID.allowed() + ", not holdout, treated");
      }
      variants.put(name, shares.value(name, 0, PERCENT));
    }
    int sum = variants.values().stream().mapToInt(Integer::intValue).sum();
    if (!variants.isEmpty() && (sum != 100 || variants.size() > MAX_VARIANTS)) {
      section.refuse(
          "variants",
          "sum to " + sum + "; allowed: up to " + MAX_VARIANTS + " shares that sum to 100");
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

  /** One of the constants of an enum, in lower case. */
  static <T extends Enum<T>> ValueType<T> choice(T[] values) {
    return ValueType.choice(
        Arrays.stream(values)
            .collect(
                Collectors.toMap(
                    value -> value.name().toLowerCase(Locale.ROOT), Function.identity())));
  }
}
