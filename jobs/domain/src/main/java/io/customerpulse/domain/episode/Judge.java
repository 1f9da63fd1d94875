package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Cap;
import io.customerpulse.domain.rule.FilterException;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides once, when a step is due or released, what becomes of it: the first reason applies. */
final class Judge {

  /** What is done with the step. */
  enum Action {
    FIRE,
    HOLD,
    SUPPRESS,
    EXPIRE
  }

  /**
   * The judgement.
   *
   * @param reason why it doesn't fire; null where it does or is held
   * @param until how long it is held; else null
   */
  record Verdict(Action action, TriggerReason reason, Instant until) {
    static final Verdict FIRE = new Verdict(Action.FIRE, null, null);

    static Verdict suppress(TriggerReason reason) {
      return new Verdict(Action.SUPPRESS, reason, null);
    }
  }

  private final RulesOfRun run;
  private final Subject subject;
  private final List<Fire> fires;

  Judge(RulesOfRun run, Subject subject, List<Fire> fires) {
    this.run = run;
    this.subject = subject;
    this.fires = fires;
  }

  Verdict judge(Episode episode, DueStep step, List<DueStep> due, Instant now) {
    Rule rule = step.rule();
    Instant validUntil = step.dueAt().plus(rule.validFor());
    if (step.held() && now.isAfter(validUntil)) {
      return Verdict.suppress(TriggerReason.QUIET_HOURS);
    }
    Instant clock = run.wallTime().isAfter(now) ? run.wallTime() : now;
    if (clock.isAfter(validUntil)) {
      return new Verdict(Action.EXPIRE, TriggerReason.VALID_UNTIL, null);
    }
    TriggerReason reason = reasonNotTo(episode, step, due, now);
    if (reason != null) {
      return Verdict.suppress(reason);
    }
    if (rule.quietHours() != null && rule.quietHours().contains(now, run.zone())) {
      return new Verdict(Action.HOLD, null, rule.quietHours().endAfter(now, run.zone()));
    }
    return Verdict.FIRE;
  }

  /** Null where nothing speaks against the step. */
  private TriggerReason reasonNotTo(Episode episode, DueStep step, List<DueStep> due, Instant now) {
    Rule rule = step.rule();
    if (run.rules().isPaused(rule.id())) {
      return TriggerReason.PAUSED;
    }
    if (rule.filter() != null) {
      try {
        if (!rule.filter().test(new FilterInputs(episode, step, subject, now))) {
          return TriggerReason.FILTER;
        }
      } catch (FilterException e) {
        return TriggerReason.FILTER_ERROR;
      }
    }
    if (!consents(now)) {
      return TriggerReason.CONSENT;
    }
    if (isCoolingDown(rule, episode, now)) {
      return TriggerReason.COOLDOWN;
    }
    if (isPreceded(step, due, now)) {
      return TriggerReason.PRECEDENCE;
    }
    return isCapped(rule, now) ? TriggerReason.CAP : null;
  }

  private boolean consents(Instant now) {
    Boolean consent = subject.profileAt(now).marketingConsent();
    return consent == null ? run.settings().consentDefault() : consent;
  }

  private boolean isCoolingDown(Rule rule, Episode episode, Instant now) {
    return fires.stream()
        .anyMatch(
            fire ->
                counts(fire, rule.cooldown(), now)
                    && fire.ruleId().equals(rule.id())
                    && !fire.episodeId().equals(episode.episodeId()));
  }

  private boolean isPreceded(DueStep step, List<DueStep> due, Instant now) {
    Duration window = run.settings().precedence();
    boolean firedBefore =
        fires.stream()
            .anyMatch(
                fire -> counts(fire, window, now) && fire.kind().precedes(step.rule().kind()));
    return firedBefore
        || due.stream()
            .anyMatch(
                other ->
                    other.dueAt().equals(step.dueAt())
                        && other.rule().kind().precedes(step.rule().kind()));
  }

  private boolean isCapped(Rule rule, Instant now) {
    return isFull(rule.cap(), rule.id(), now) || isFull(run.settings().cap(), null, now);
  }

  /** Whether a cap is reached over one rule's fires, or over all rules' where the id is null. */
  private boolean isFull(Cap cap, String ruleId, Instant now) {
    if (cap == null) {
      return false;
    }
    long counted =
        fires.stream()
            .filter(fire -> ruleId == null || fire.ruleId().equals(ruleId))
            .filter(fire -> counts(fire, cap.per(), now))
            .count();
    return counted >= cap.count();
  }

  /** Whether a fire stands within the window (now − length, now]. */
  private static boolean counts(Fire fire, Duration length, Instant now) {
    return !fire.cancelled() && fire.firedAt().plus(length).isAfter(now);
  }
}
