package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.FilterException;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides once, when a step is due or released, what becomes of it: the first reason applies. */
final class StepEvaluator {
  private final EpisodeParts parts;
  private final RulesOfRun run;
  private final TriggerHistory history;
  private final DueSteps due;
  private final Instant now;
  private final FilterCustomer customer;

  /**
   * The evaluator of one moment.
   *
   * @param parts whose history grows while the steps of the moment are evaluated
   */
  StepEvaluator(EpisodeParts parts, DueSteps due, Instant now) {
    this.parts = parts;
    this.due = due;
    this.now = now;
    run = parts.run();
    history = parts.history();
    customer = new FilterCustomer(parts.subject(), now);
  }

  StepDecision decide(Episode episode, DueStep step) {
    if (due.isSuperseded(step)) {
      return suppressed(TriggerReason.SUPERSEDED);
    }
    Rule rule = step.rule();
    Instant validUntil = step.dueAt().plus(rule.validFor());
    if (step.held() && now.isAfter(validUntil)) {
      return suppressed(TriggerReason.QUIET_HOURS);
    }
    Instant clock = run.wallTime().isAfter(now) ? run.wallTime() : now;
    if (clock.isAfter(validUntil)) {
      return new StepDecision.Drop(Outcome.EXPIRED, TriggerReason.VALID_UNTIL);
    }
    TriggerReason reason = reasonNotTo(episode, step);
    if (reason != null) {
      return suppressed(reason);
    }
    if (rule.quietHours() != null && rule.quietHours().contains(now, run.zone())) {
      return new StepDecision.Hold(rule.quietHours().endAfter(now, run.zone()));
    }
    return new StepDecision.Fire();
  }

  private static StepDecision suppressed(TriggerReason reason) {
    return new StepDecision.Drop(Outcome.SUPPRESSED, reason);
  }

  /** Null where nothing speaks against the step. */
  private TriggerReason reasonNotTo(Episode episode, DueStep step) {
    Rule rule = step.rule();
    if (run.rules().isPaused(rule.id())) {
      return TriggerReason.PAUSED;
    }
    if (rule.filter() != null) {
      try {
        if (!rule.filter().test(new FilterInputs(episode, step, parts, customer))) {
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
    Boolean consent = parts.subject().marketingConsent();
    return consent == null ? run.settings().consentDefault() : consent;
  }

  private boolean isCoolingDown(Rule rule, Episode episode) {
    for (FiredTrigger fire : history.ofRule(rule.id())) {
      if (counts(fire, rule.cooldown()) && !fire.episodeId().equals(episode.episodeId())) {
        return true;
      }
    }
    return false;
  }

  private boolean isPreceded(DueStep step) {
    TriggerKind kind = step.rule().kind();
    return due.isPreceded(step) || history.isPreceded(kind, run.settings().precedence(), now);
  }

  private boolean isCapped(Rule rule) {
    return isFull(rule.cap(), history.ofRule(rule.id()))
        || isFull(run.settings().cap(), history.all());
  }

  private boolean isFull(Cap cap, List<FiredTrigger> counted) {
    if (cap == null) {
      return false;
    }
    int count = 0;
    // The newest last: no more of them are looked at than the cap needs.
    for (int i = counted.size() - 1; i >= 0 && count < cap.count(); i--) {
      FiredTrigger fire = counted.get(i);
      boolean sent = cap.countFailed() || !fire.isFailed();
      count += sent && counts(fire, cap.per()) ? 1 : 0;
    }
    return count >= cap.count();
  }

  /** Whether a fire stands within the window (now − length, now]. */
  private boolean counts(FiredTrigger fire, Duration length) {
    return !fire.cancelled() && fire.firedAt().plus(length).isAfter(now);
  }
}
