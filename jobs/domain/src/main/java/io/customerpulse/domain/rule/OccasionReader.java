package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.lifecycle.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads those keys of a rule that belong to its kind, and refuses those of the other kinds. */
final class OccasionReader {
  private static final ValueType<ExitOn> EXIT_ON = RuleSection.choice(ExitOn.values());
  private static final ValueType<Stage> STAGE = RuleSection.choice(Stage.values());
  private static final ValueType<Stage> SLEEPING_STAGE =
      RuleSection.choice(
          Arrays.stream(Stage.values()).filter(Stage::isAsleep).toArray(Stage[]::new));
  private static final ValueType<Duration> INACTIVE_FOR =
      ValueType.duration(Duration.ofMillis(1), Rule.MAX_OFFSET);
  private static final ValueType<String> SEGMENT =
      ValueType.text("names of segments", Pattern.compile(".{1,64}"));

  /** Key → the kind that it belongs to. */
  private static final Map<String, TriggerKind> OWNERS =
      new TreeMap<>(
          Map.of(
              "exit_on", TriggerKind.CART_ABANDONMENT,
              "views", TriggerKind.BROWSE_ABANDONMENT,
              "sessions", TriggerKind.BROWSE_ABANDONMENT,
              "within", TriggerKind.BROWSE_ABANDONMENT,
              "bought_within", TriggerKind.BROWSE_ABANDONMENT,
              "stage", TriggerKind.REACTIVATION,
              "inactive_for", TriggerKind.REACTIVATION,
              "stages", TriggerKind.STAGE_ENTERED,
              "segments", TriggerKind.SEGMENT_ENTERED,
              "at", TriggerKind.BIRTHDAY));

  private final Section section;

  private OccasionReader(Section section) {
    this.section = section;
  }

  /** The occasion of a rule; null where its kind is not known. */
  static Occasion read(Section section, TriggerKind kind) {
    OWNERS.forEach(
        (key, owner) -> {
          if (section.has(key) && kind != null && kind != owner) {
            section.refuse(key, "belongs to the kind " + owner.wireName() + " only");
          }
        });
    return kind == null ? null : new OccasionReader(section).read(kind);
  }

  private Occasion read(TriggerKind kind) {
    return switch (kind) {
      case UNPAID_ORDER -> new Occasion.UnpaidOrder();
      case CART_ABANDONMENT ->
          new Occasion.CartAbandonment(
              section.value("exit_on", Occasion.CartAbandonment.DEFAULT.exitOn(), EXIT_ON));
      case BROWSE_ABANDONMENT -> browseAbandonment();
      case REACTIVATION ->
          new Occasion.Reactivation(
              section.value("stage", Occasion.Reactivation.DEFAULT.stage(), SLEEPING_STAGE),
              section.value(
                  "inactive_for", Occasion.Reactivation.DEFAULT.inactiveFor(), INACTIVE_FOR));
      case STAGE_ENTERED -> new Occasion.StageEntered(stages());
      case SEGMENT_ENTERED -> new Occasion.SegmentEntered(segments());
      case POST_PURCHASE -> new Occasion.PostPurchase();
      case BIRTHDAY ->
          new Occasion.Birthday(
              section.value("at", Occasion.Birthday.DEFAULT.at(), RuleSection.TIME_OF_DAY));
    };
  }

  private Occasion browseAbandonment() {
    Occasion.BrowseAbandonment fallback = Occasion.BrowseAbandonment.DEFAULT;
    int views =
        section.value(
            "views", fallback.views(), ValueType.integer(1, Occasion.BrowseAbandonment.MAX_VIEWS));
    return new Occasion.BrowseAbandonment(
        views,
        section.value(
            "sessions", Math.min(views, fallback.sessions()), ValueType.integer(1, views)),
        section.value(
            "within",
            fallback.within(),
            ValueType.duration(Duration.ofSeconds(1), Occasion.BrowseAbandonment.MAX_WITHIN)),
        section.value(
            "bought_within",
            fallback.boughtWithin(),
            ValueType.duration(Duration.ZERO, Occasion.BrowseAbandonment.MAX_BOUGHT_WITHIN)
                .orNone(Duration.ZERO)));
  }

  private Set<Stage> stages() {
    return sorted(some("stages", STAGE));
  }

  private Set<String> segments() {
    return sorted(some("segments", SEGMENT));
  }

  /** The values of a list that must have at least one. */
  private <T> List<T> some(String key, ValueType<T> type) {
    if (!section.has(key)) {
      section.refuse(key, "is missing; allowed: a list of " + type.allowed());
      return List.of();
    }
    List<T> values = new ArrayList<>(section.list(key, List.of(), type));
    if (section.items(key).isEmpty()) {
      section.refuse(key, "is empty; allowed: a list of " + type.allowed());
    }
    return values;
  }

  /** In one order, so that equal rules are the same text. */
  private static <T extends Comparable<T>> Set<T> sorted(List<T> values) {
    return Collections.unmodifiableSet(new TreeSet<>(values));
  }
}
