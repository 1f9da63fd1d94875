package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.Message;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was fired, while a decision is being made, the newest last: cancelled when it turns out
 * wrong, joined to what is reported of its message, and counted as a success when an order follows.
 */
final class TriggerHistory {
  /** How long after a fire an exit that is learnt late still cancels it. */
  public static final Duration CANCELLABLE_FOR = Duration.ofDays(7);

  private final RulesOfRun run;
  private final EpisodeEffects effects;
  private List<FiredTrigger> fires;
  private boolean changed;

  /** Rule id → its fires; null until it is asked for, and after a change. */
  private Map<String, List<FiredTrigger>> byRule;

  TriggerHistory(List<FiredTrigger> before, RulesOfRun run, EpisodeEffects effects) {
    this.fires = before;
    this.run = run;
    this.effects = effects;
  }

  List<FiredTrigger> all() {
    return fires;
  }

  boolean isEmpty() {
    return fires.isEmpty();
  }

  List<FiredTrigger> ofRule(String ruleId) {
    if (fires.isEmpty()) {
      return List.of();
    }
    if (byRule == null) {
      byRule = new HashMap<>();
      fires.forEach(this::index);
    }
    return byRule.getOrDefault(ruleId, List.of());
  }

  private void index(FiredTrigger fire) {
    byRule.computeIfAbsent(fire.ruleId(), id -> new ArrayList<>(2)).add(fire);
  }

  boolean hasEpisode(String ruleId, String episodeId) {
    for (FiredTrigger fire : ofRule(ruleId)) {
      if (fire.episodeId().equals(episodeId)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a rule has fired for a scope at an instant or later. */
  boolean hasFiredSince(String ruleId, String scopeKey, Instant at) {
    for (FiredTrigger fire : ofRule(ruleId)) {
      if (fire.scopeKey().equals(scopeKey) && !fire.firedAt().isBefore(at)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a kind that precedes another has fired within the window that ends now. */
  boolean isPreceded(TriggerKind kind, Duration window, Instant now) {
    // The newest last: what is older than the window ends the search.
    for (int i = fires.size() - 1; i >= 0; i--) {
      FiredTrigger fire = fires.get(i);
      if (!fire.firedAt().plus(window).isAfter(now)) {
        return false;
      }
      if (!fire.cancelled() && fire.kind().precedes(kind)) {
        return true;
      }
    }
    return false;
  }

  /** One more; over the limit the oldest goes. */
  void add(FiredTrigger fire) {
    change();
    fires.add(fire);
    if (byRule != null) {
      index(fire);
    }
    if (fires.size() > EpisodeBook.FIRE_LIMIT) {
      fires.remove(0);
      byRule = null;
      effects.firesOverLimit();
    }
  }

  /**
   * Forgets what nothing refers to any more. What a live episode has fired is remembered: it says
   * that a later step isn't the first.
   */
  void forgetOutdated(LiveEpisodes live, Instant now) {
    if (fires.stream().anyMatch(fire -> isOutdated(fire, live, now))) {
      change();
      fires.removeIf(fire -> isOutdated(fire, live, now));
      byRule = null;
    }
  }

  private boolean isOutdated(FiredTrigger fire, LiveEpisodes live, Instant now) {
    if (fire.firedAt().plus(run.fireLife()).isAfter(now)) {
      return false;
    }
    Episode episode = live.get(fire.ruleId(), fire.scopeKey());
    return episode == null || !episode.episodeId().equals(fire.episodeId());
  }

  /** Cancels what a kind should not have fired. */
  void cancel(TriggerKind kind, ExitEvent exit) {
    replaceAll(
        fire -> {
          if (!fire.kind().equals(kind) || exit.at().isAfter(fire.firedAt())) {
            return fire;
          }
          Rule rule = run.rule(fire);
          boolean wrong =
              rule != null && rule.kind().equals(kind) && exit.disproves().test(rule, fire);
          return wrong ? cancelled(fire, exit.reason()) : fire;
        });
  }

  /** Cancels all that still stands. */
  void cancelAll(TriggerReason reason) {
    replaceAll(fire -> cancelled(fire, reason));
  }

  /** The fire as it is after a reason against it: told to the world while that is of use. */
  private FiredTrigger cancelled(FiredTrigger fire, TriggerReason reason) {
    if (fire.cancelled() || effects.now().isAfter(fire.firedAt().plus(CANCELLABLE_FOR))) {
      return fire;
    }
    FiredTrigger cancelled = fire.asCancelled();
    effects.cancel(cancelled, reason);
    return cancelled;
  }

  /** Joins what a marketing system says of a message to what was fired. */
  void report(Message message, Instant at) {
    replaceAll(
        fire -> {
          if (!fire.triggerId().equals(message.triggerId())) {
            return fire;
          }
          effects.reported(fire, message.status());
          return fire.reported(new FiredTrigger.Report(message.status(), at));
        });
  }

  /**
   * An order is the success of all that was fired within the time before it; its revenue goes to
   * the latest of them that was really sent and is of a kind that may earn it.
   */
  void convert(RecentPurchase order) {
    List<FiredTrigger> converted = new ArrayList<>();
    for (FiredTrigger fire : fires) {
      if (!fire.cancelled()
          && fire.firedAt().isBefore(order.at())
          && !order.at().isAfter(fire.firedAt().plus(run.conversion()))) {
        converted.add(fire);
      }
    }
    Optional<FiredTrigger> attributed =
        converted.stream()
            .filter(fire -> fire.isTreated() && fire.kind().isRanked())
            .max(
                Comparator.comparing(FiredTrigger::firedAt).thenComparing(FiredTrigger::triggerId));
    for (FiredTrigger fire : converted) {
      boolean gets = attributed.isPresent() && attributed.get() == fire;
      effects.convert(fire, order, gets ? order.amountMinor() : 0);
    }
  }

  private void replaceAll(UnaryOperator<FiredTrigger> replacement) {
    for (int i = 0; i < fires.size(); i++) {
      FiredTrigger before = fires.get(i);
      FiredTrigger after = replacement.apply(before);
      if (after != before) {
        change();
        fires.set(i, after);
        byRule = null;
      }
    }
  }

  private void change() {
    if (!changed) {
      fires = new ArrayList<>(fires);
      changed = true;
    }
  }
}
