package io.customerpulse.domain.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of one tenant's customers: which version of each opens episodes at an instant of event
 * time, and under which one a live episode goes on. A pure function of that instant and of what is
 * published, so that a replay chooses as the first run did; only a pause holds at once. For one
 * thread.
 */
public final class TenantRules {
  /** Spans of time that are remembered: beside the present, some that stragglers ask for. */
  private static final int REMEMBERED_SPANS = 16;

  private final Map<String, PublishedRule> byId = new HashMap<>();
  private final List<Rule> versions = new ArrayList<>();
  private final List<TriggerKind> kinds;
  private final boolean allPaused;
  private final boolean anyPaused;
  private final boolean single;
  private final Duration longestLookBack;

  /** When a version or a retirement takes effect, ascending. */
  private final Instant[] changes;

  /** After the last change: nearly everything that is asked. */
  private final Span latest;

  /** By how many changes lie before them. */
  private final Map<Integer, Span> earlier =
      new LinkedHashMap<>(REMEMBERED_SPANS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Span> eldest) {
          return size() > REMEMBERED_SPANS;
        }
      };

  /**
   * A span of event time in which nothing changes.
   *
   * @param opening of each rule the version that opens episodes
   * @param from the same, and the versions that do so later
   */
  private record Span(
      RuleSet opening,
      List<Rule> from,
      Map<TriggerKind, List<Rule>> fromByKind,
      boolean askForProductsBought) {}

  TenantRules(List<PublishedRule> words, boolean allPaused) {
    this.allPaused = allPaused;
    TreeSet<Instant> moments = new TreeSet<>();
    for (PublishedRule word : words) {
      byId.put(word.ruleId(), word);
      versions.addAll(word.versions());
      if (word.retiredAt() != null) {
        moments.add(word.retiredAt());
      }
      for (Rule version : word.versions()) {
        if (version.activatedAt() != null) {
          moments.add(version.activatedAt());
        }
      }
    }
    kinds = versions.stream().map(Rule::kind).distinct().sorted().toList();
    anyPaused = allPaused || words.stream().anyMatch(PublishedRule::paused);
    single =
        words.stream().allMatch(word -> word.versions().size() == 1 && word.retiredAt() == null);
    changes = moments.toArray(Instant[]::new);
    longestLookBack = RuleSet.inForce(versions).longestLookBack();
    latest = spanAt(changes.length == 0 ? Instant.MAX : changes[changes.length - 1]);
  }

  private Span span(Instant instant) {
    if (changes.length == 0 || !instant.isBefore(changes[changes.length - 1])) {
      return latest;
    }
    int found = Arrays.binarySearch(changes, instant);
    int number = found >= 0 ? found + 1 : -found - 1;
    Span known = earlier.get(number);
    if (known == null) {
      known = spanAt(instant);
      earlier.put(number, known);
    }
    return known;
  }

  private Span spanAt(Instant instant) {
    RuleSet opening =
        RuleSet.inForce(
            byId.values().stream()
                .map(word -> opening(word, instant))
                .filter(Objects::nonNull)
                .toList());
    List<Rule> from = new ArrayList<>(opening.all());
    for (Rule version : versions) {
      boolean later = version.activatedAt() != null && version.activatedAt().isAfter(instant);
      if (later && opening.byId(version.id()).filter(version::isSameVersion).isEmpty()) {
        from.add(version);
      }
    }
    return new Span(
        opening,
        List.copyOf(from),
        from.stream().collect(Collectors.groupingBy(Rule::kind)),
        from.stream().anyMatch(rule -> rule.kind().asksForProductsBought()));
  }

  private static Rule opening(PublishedRule word, Instant instant) {
    if (word.retiredAt() != null && !instant.isBefore(word.retiredAt())) {
      return null;
    }
    Rule opening = null;
    for (Rule version : word.versions()) {
      opening = version.opensAt(instant) ? version : opening;
    }
    return opening;
  }

  /** Of each rule the version that opens episodes at an instant; none where it is retired. */
  public RuleSet openingAt(Instant instant) {
    return span(instant).opening();
  }

  /** Whether a version of a rule is the one that opens episodes at an instant. */
  public boolean opensAt(Rule version, Instant instant) {
    return openingAt(instant).byId(version.id()).filter(version::isSameVersion).isPresent();
  }

  /** Of each rule the versions that open episodes at an instant or some time later. */
  public List<Rule> openingFrom(Instant instant) {
    return span(instant).from();
  }

  /** As {@link #openingFrom(Instant)}, of one kind. */
  public List<Rule> openingFrom(Instant instant, TriggerKind kind) {
    return span(instant).fromByKind().getOrDefault(kind, List.of());
  }

  /** Whether any of them asks which products were bought. */
  public boolean askForProductsBought(Instant instant) {
    return span(instant).askForProductsBought();
  }

  /** The kinds of all rules in all their versions, in the order of precedence. */
  public List<TriggerKind> kinds() {
    return kinds;
  }

  /**
   * A version of a rule, or, where it is no longer known, the newest; null where the rule isn't
   * known.
   */
  public Rule version(String ruleId, int version) {
    PublishedRule word = byId.get(ruleId);
    Rule newest = null;
    if (word != null) {
      for (Rule each : word.versions()) {
        if (each.version() == version) {
          return each;
        }
        newest = each;
      }
    }
    return newest;
  }

  /** Whether what is live of a rule ends without a word at an instant. */
  public boolean isEndedAt(String ruleId, Instant instant) {
    PublishedRule word = byId.get(ruleId);
    return word == null
        || word.versions().isEmpty()
        || (word.endLive() && !instant.isBefore(word.retiredAt()));
  }

  /** Whether each rule has one version, which is the one that opens episodes. */
  public boolean areSingle() {
    return single;
  }

  public boolean isPaused(String ruleId) {
    if (!anyPaused) {
      return false;
    }
    PublishedRule word = byId.get(ruleId);
    return allPaused || (word != null && word.paused());
  }

  /** The longest time for which a fire counts against a later one, over all versions. */
  public Duration longestLookBack() {
    return longestLookBack;
  }
}
