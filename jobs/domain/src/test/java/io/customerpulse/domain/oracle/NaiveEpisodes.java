package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All episodes and fires of the customer, and what is told of them. */
final class NaiveEpisodes {
  private static final Duration CANCELLABLE_FOR = Duration.ofDays(7);
  private static final int LIVE = 1_000;
  private static final int FIRES = 1_000;
  private static final Set<TriggerKind> NO_REVENUE =
      Set.of(Kinds.POST_PURCHASE, Kinds.STAGE_ENTERED, Kinds.SEGMENT_ENTERED, Kinds.BIRTHDAY);

  /**
   * A step that fired.
   *
   * @param first whether no other step of its episode is remembered
   */
  record Fired(
      NaiveEpisode episode, int step, Instant at, String variant, Trigger trigger, boolean first) {
    Rule rule() {
      return episode.rule;
    }

    TriggerKind kind() {
      return episode.kind.name;
    }
  }

  private final CustomerKey key;
  private final Settings settings;
  private final List<NaiveEpisode> all = new ArrayList<>();
  private final List<Fired> fired = new ArrayList<>();
  private final Set<String> usedStages = new HashSet<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final List<TriggerOutcome> outcomes = new ArrayList<>();

  NaiveEpisodes(CustomerKey key, Settings settings) {
    this.key = key;
    this.settings = settings;
  }

  Settings settings() {
    return settings;
  }

  List<NaiveEpisode> all() {
    return all;
  }

  List<Fired> fired() {
    return fired;
  }

  List<Trigger> triggers() {
    return triggers;
  }

  List<TriggerOutcome> outcomes() {
    return outcomes;
  }

  /** That a rule has had its one episode for a stage, by when the stage began. */
  void used(String ruleId, Instant stageSince) {
    usedStages.add(ruleId + stageSince);
  }

  boolean isUsed(String ruleId, Instant stageSince) {
    return usedStages.contains(ruleId + stageSince);
  }

  NaiveEpisode add(NaiveEpisode episode) {
    all.add(episode);
    List<NaiveEpisode> live = all.stream().filter(each -> each.live).toList();
    if (live.size() > LIVE) {
      live.get(0).live = false;
    }
    return episode;
  }

  /** Under whatever version of a rule; null if there is none. */
  NaiveEpisode live(String ruleId, String scope) {
    for (NaiveEpisode episode : all) {
      if (episode.live && episode.rule.id().equals(ruleId) && episode.scope.equals(scope)) {
        return episode;
      }
    }
    return null;
  }

  void fire(NaiveEpisode episode, int step, Trigger trigger) {
    triggers.add(trigger);
    boolean first = fired.stream().noneMatch(fire -> fire.episode() == episode);
    fired.add(new Fired(episode, step, trigger.firedAt(), trigger.variant(), trigger, first));
    if (fired.size() > FIRES) {
      fired.remove(0);
    }
  }

  void convert(Purchase paid, Instant at, NaiveHistory history) {
    List<Fired> converted =
        fired.stream()
            .filter(f -> f.at().isBefore(at))
            .filter(f -> !f.at().plus(settings.triggers().conversion()).isBefore(at))
            .toList();
    // Of several that fired at one moment some one has to get it: the one with the greatest id.
    Fired paidFor =
        converted.stream()
            .filter(f -> !f.variant().equals("holdout") && !NO_REVENUE.contains(f.kind()))
            .max(Comparator.comparing(Fired::at).thenComparing(f -> f.trigger().triggerId()))
            .orElse(null);
    for (Fired fire : converted) {
      record(
          fire.episode(),
          fire.step(),
          Outcome.CONVERTED,
          TriggerReason.ORDER,
          at,
          paid.orderId(),
          fire == paidFor ? paid.amountMinor() : 0,
          fire.first(),
          history.messageStatus(fire.trigger().triggerId()));
    }
  }

  /** Nothing is remembered, and what can still be taken back is. */
  void erase(Instant at, NaiveHistory history) {
    for (Fired fire : fired) {
      if (!fire.at().plus(CANCELLABLE_FOR).isBefore(at)) {
        Trigger trigger = fire.trigger();
        triggers.add(
            new Trigger(
                trigger.triggerId(),
                TriggerAction.CANCEL,
                trigger.ruleId(),
                trigger.ruleVersion(),
                trigger.kind(),
                trigger.tenantId(),
                trigger.customerId(),
                history.identifiers(),
                trigger.episodeId(),
                trigger.step(),
                trigger.dueAt(),
                trigger.firedAt(),
                trigger.validUntil(),
                trigger.variant(),
                TriggerReason.ERASED,
                null));
        record(
            fire.episode(),
            fire.step(),
            Outcome.CANCELLED,
            TriggerReason.ERASED,
            at,
            null,
            null,
            null,
            history.messageStatus(trigger.triggerId()));
      }
    }
    all.clear();
    fired.clear();
    usedStages.clear();
  }

  void record(NaiveEpisode episode, int step, Outcome outcome, TriggerReason reason, Instant at) {
    record(episode, step, outcome, reason, at, null, null, null, null);
  }

  private void record(
      NaiveEpisode episode,
      int step,
      Outcome outcome,
      TriggerReason reason,
      Instant at,
      String orderId,
      Long revenueMinor,
      Boolean lift,
      MessageStatus status) {
    outcomes.add(
        new TriggerOutcome(
            episode.triggerId(step),
            episode.rule.id(),
            episode.rule.version(),
            key.tenantId(),
            key.customerId(),
            step,
            outcome,
            reason,
            at,
            orderId,
            revenueMinor,
            lift,
            status));
  }
}
