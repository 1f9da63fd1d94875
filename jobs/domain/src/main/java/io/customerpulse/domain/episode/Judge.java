package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.FilterException;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
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
  private final FireLog fires;
  private final DueSteps due;
  private final Instant now;
  private final FilterCustomer customer;

  /**
   * The judge of one moment.
   *
   * @param fires what was fired; grows while the steps of the moment are judged
   */
  Judge(RulesOfRun run, Subject subject, FireLog fires, DueSteps due, Instant now) {
    this.run = run;
    this.subject = subject;
    this.fires = fires;
    this.due = due;
    this.now = now;
    customer = new FilterCustomer(subject, now);
  }

  Verdict judge(Episode episode, DueStep step) {
    if (due.isSuperseded(step)) {
      return Verdict.suppress(TriggerReason.SUPERSEDED);
    }
    Rule rule = step.rule();
    Instant validUntil = step.dueAt().plus(rule.validFor());
    if (step.held() && now.isAfter(validUntil)) {
      return Verdict.suppress(TriggerReason.QUIET_HOURS);
    }
    Instant clock = run.wallTime().isAfter(now) ? run.wallTime() : now;
    if (clock.isAfter(validUntil)) {
      return new Verdict(Action.EXPIRE, TriggerReason.VALID_UNTIL, null);
    }
    TriggerReason reason = reasonNotTo(episode, step);
    if (reason != null) {
      return Verdict.suppress(reason);
    }
    if (rule.quietHours() != null && rule.quietHours().contains(now, run.zone())) {
      return new Verdict(Action.HOLD, null, rule.quietHours().endAfter(now, run.zone()));
    }
    return Verdict.FIRE;
  }

  /** Null where nothing speaks against the step. */
  private TriggerReason reasonNotTo(Episode episode, DueStep step) {
    Rule rule = step.rule();
    if (run.rules().isPaused(rule.id())) {
      return TriggerReason.PAUSED;
    }
    if (rule.filter() != null) {
      try {
        if (!rule.filter().test(new FilterInputs(episode, step, subject, customer))) {
          return TriggerReason.FILTER;
        }
      } catch (FilterException e) {
        return TriggerReason.FILTER_ERROR;
      }
    }
    if (rule.kind().needsConsent() && !consents()) {
      return TriggerReason.CONSENT;
    }
    if (isCoolingDown(rule, episode)) {
      return TriggerReason.COOLDOWN;
    }
    if (isPreceded(step)) {
      return TriggerReason.PRECEDENCE;
    }
    return isCapped(rule) ? TriggerReason.CAP : null;
  }

  private boolean consents() {
    Boolean consent = subject.marketingConsent();
    return consent == null ? run.settings().consentDefault() : consent;
  }

  private boolean isCoolingDown(Rule rule, Episode episode) {
    for (Fire fire : fires.ofRule(rule.id())) {
      if (counts(fire, rule.cooldown()) && !fire.episodeId().equals(episode.episodeId())) {
        return true;
      }
    }
    return false;
  }

  private boolean isPreceded(DueStep step) {
    TriggerKind kind = step.rule().kind();
    return due.isPreceded(step) || fires.isPreceded(kind, run.settings().precedence(), now);
  }

  private boolean isCapped(Rule rule) {
    return isFull(rule.cap(), fires.ofRule(rule.id())) || isFull(run.settings().cap(), fires.all());
  }

  private boolean isFull(Cap cap, List<Fire> counted) {
    if (cap == null) {
      return false;
    }
    int count = 0;
    // The newest last: no more of them are looked at than the cap needs.
    for (int i = counted.size() - 1; i >= 0 && count < cap.count(); i--) {
      Fire fire = counted.get(i);
      boolean sent = cap.countFailed() || !fire.isFailed();
      count += sent && counts(fire, cap.per()) ? 1 : 0;
    }
    return count >= cap.count();
  }

  /** Whether a fire stands within the window (now − length, now]. */
  private boolean counts(Fire fire, Duration length) {
    return !fire.cancelled() && fire.firedAt().plus(length).isAfter(now);
  }
}
