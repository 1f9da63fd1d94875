package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.List;

/**
 * A customer who has fallen asleep and can be won back. Opens once per entry, by silence, into the
 * rule's stage, as soon as there has been no activity for the rule's time; closes with the next
 * activity. Its scope is the customer.
 */
final class Reactivation implements EpisodeKind {

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().type().isActivity();
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    Instant at = change.event().eventTime();
    // Learnt late: the silence that opened it wasn't one. It opens again when the time has passed.
    episodes.forgetStageOpenings(
        (rule, openedAt) -> at.isBefore(openedAt) && openedAt.isBefore(silentFrom(rule, at)));
    episodes.exit(
        new Exit(
            TriggerKind.REACTIVATION,
            at,
            TriggerReason.ACTIVITY,
            (rule, episode) -> episode.openedAt().isBefore(silentFrom(rule, at)),
            (rule, fire) -> fire.openedAt().isBefore(silentFrom(rule, at))));
  }

  /** From when on an activity is no obstacle. */
  private static Instant silentFrom(Rule rule, Instant activityAt) {
    return activityAt.plus(of(rule).inactiveFor());
  }

  @Override
  public Instant nextAt(List<Rule> rules, Subject subject, Episodes episodes) {
    if (!subject.stageBySilence()) {
      return null;
    }
    Instant next = null;
    for (Rule rule : rules) {
      Instant at = opensAt(rule, subject, episodes);
      // What has passed and didn't open under this version never will.
      if (at != null
          && (at.isAfter(subject.processedUpTo()) || episodes.opensAt(rule, at))
          && (next == null || at.isBefore(next))) {
        next = at;
      }
    }
    return next;
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, Subject subject, Episodes episodes) {
    if (!subject.stageBySilence()) {
      return;
    }
    for (Rule rule : rules) {
      Instant at = opensAt(rule, subject, episodes);
      if (at != null && !at.isAfter(now) && episodes.opensAt(rule, at)) {
        episodes.openForStage(rule, now, subject.stageSince());
      }
    }
  }

  /** When a rule opens its episode for the present stage; null if it doesn't, or has done so. */
  private static Instant opensAt(Rule rule, Subject subject, Episodes episodes) {
    if (subject.stage() != of(rule).stage()
        || episodes.hasOpenedForStage(rule, subject.stageSince())) {
      return null;
    }
    Instant quietSince =
        subject.lastActivityAt() == null
            ? subject.stageSince()
            : silentFrom(rule, subject.lastActivityAt());
    return quietSince.isAfter(subject.stageSince()) ? quietSince : subject.stageSince();
  }

  private static Occasion.Reactivation of(Rule rule) {
    return (Occasion.Reactivation) rule.occasion();
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now).daysSilent(subject, now).build();
  }
}
