package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.TriggerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What was fired, while a decision is being made: the newest last. */
final class FireLog {
  private List<Fire> fires;
  private boolean changed;

  /** Rule id → its fires; null until it is asked for, and after a change. */
  private Map<String, List<Fire>> byRule;

  FireLog(List<Fire> before) {
    this.fires = before;
  }

  List<Fire> all() {
    return fires;
  }

  List<Fire> ofRule(String ruleId) {
    if (fires.isEmpty()) {
      return List.of();
    }
    if (byRule == null) {
      byRule = new HashMap<>();
      fires.forEach(this::index);
    }
    return byRule.getOrDefault(ruleId, List.of());
  }

  private void index(Fire fire) {
    byRule.computeIfAbsent(fire.ruleId(), id -> new ArrayList<>(2)).add(fire);
  }

  boolean hasEpisode(String ruleId, String episodeId) {
    for (Fire fire : ofRule(ruleId)) {
      if (fire.episodeId().equals(episodeId)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a kind that precedes another has fired within the window that ends now. */
  boolean isPreceded(TriggerKind kind, Duration window, Instant now) {
    // The newest last: what is older than the window ends the search.
    for (int i = fires.size() - 1; i >= 0; i--) {
      Fire fire = fires.get(i);
      if (!fire.firedAt().plus(window).isAfter(now)) {
        return false;
      }
      if (!fire.cancelled() && fire.kind().precedes(kind)) {
        return true;
      }
    }
    return false;
  }

  void add(Fire fire) {
    change();
    fires.add(fire);
    if (byRule != null) {
      index(fire);
    }
  }

  /** Puts others in the place of some fires. */
  void replaceAll(UnaryOperator<Fire> replacement) {
    for (int i = 0; i < fires.size(); i++) {
      Fire before = fires.get(i);
      Fire after = replacement.apply(before);
      if (after != before) {
        change();
        fires.set(i, after);
        byRule = null;
      }
    }
  }

  void removeIf(Predicate<Fire> condition) {
    if (fires.stream().anyMatch(condition)) {
      change();
      fires.removeIf(condition);
      byRule = null;
    }
  }

  void removeOldest() {
    change();
    fires.remove(0);
    byRule = null;
  }

  private void change() {
    if (!changed) {
      fires = new ArrayList<>(fires);
      changed = true;
    }
  }
}
