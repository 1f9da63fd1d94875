package io.customerpulse.domain.episode;

import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;

/**
 * A customer who has fallen asleep and can be won back. Opens once per entry, by silence, into the
 * rule's stage, as soon as there has been no activity for the rule's time; closes with the next
 * activity. Its scope is the customer.
 */
final class Reactivation implements EpisodeKind {
  private static final String SCOPE = "customer";

  @Override
  public void onEvent(Rule rule, CustomerChange change, Subject subject, Episodes episodes) {
    if (!change.event().type().isActivity()) {
      return;
    }
    Instant at = change.event().eventTime();
    Episode live = episodes.live(rule, SCOPE);
    if (live != null && at.isBefore(live.openedAt())) {
      // Learnt late: the silence that opened it wasn't one. It opens again when the time has
      // passed.
      episodes.forgetStageOpening(rule);
    }
    Instant silentUntil = at.plus(of(rule).inactiveFor());
    episodes.exit(
        rule, new Exit(at, silentUntil.minusMillis(1), TriggerReason.ACTIVITY, SCOPE::equals));
  }

  @Override
  public Instant opensAt(Rule rule, Subject subject, Episodes episodes) {
    if (subject.stage() != of(rule).stage()
        || !subject.stageBySilence()
        || episodes.hasOpenedForStage(rule, subject.stageSince())) {
      return null;
    }
    Instant quietSince =
        subject.lastActivityAt() == null
            ? subject.stageSince()
            : subject.lastActivityAt().plus(of(rule).inactiveFor());
    return quietSince.isAfter(subject.stageSince()) ? quietSince : subject.stageSince();
  }

  @Override
  public void open(Rule rule, Instant now, Subject subject, Episodes episodes) {
    episodes.openForStage(rule, SCOPE, now, subject.stageSince());
  }

  private static Occasion.Reactivation of(Rule rule) {
    return (Occasion.Reactivation) rule.occasion();
  }

  @Override
  public Evidence evidence(Episode episode, Subject subject, Instant now) {
    Scores scores = subject.scoresAt(now);
    Instant lastOrderAt = subject.lastOrderAt();
    return new Evidence(
        null,
        null,
        null,
        null,
        null,
        null,
        lastOrderAt == null ? null : Duration.between(lastOrderAt, now).toDays(),
        subject.stage(),
        scores == null ? null : scores.r(),
        scores == null ? null : scores.f(),
        scores == null ? null : scores.m(),
        scores == null ? null : scores.cutsVersion(),
        episode.openedBy(),
        null);
  }
}
