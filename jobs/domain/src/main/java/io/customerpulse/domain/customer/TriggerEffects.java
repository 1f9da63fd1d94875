package io.customerpulse.domain.customer;

import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeEffects;
import io.customerpulse.domain.episode.FiredTrigger;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;

/** Hands in what episodes bring about as effects of the decision. */
final class TriggerEffects implements EpisodeEffects {
  private final CustomerKey customer;
  private final FactCollector facts;
  private final Effects effects;
  private Instant now = Instant.MIN;

  TriggerEffects(CustomerKey customer, FactCollector facts, Effects effects) {
    this.customer = customer;
    this.facts = facts;
    this.effects = effects;
  }

  @Override
  public void at(Instant instant) {
    now = instant;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void opened(Episode episode) {
    effects.add(new Effect.EpisodeOpened(episode.ruleId()));
  }

  @Override
  public void fire(FiredTrigger fire, Evidence evidence) {
    effects.add(
        new Effect.TriggerIssued(trigger(fire, TriggerAction.FIRE, TriggerReason.DUE, evidence)));
  }

  @Override
  public void cancel(FiredTrigger fire, TriggerReason reason) {
    effects.add(new Effect.TriggerIssued(trigger(fire, TriggerAction.CANCEL, reason, null)));
    outcome(fire, Outcome.CANCELLED, reason, now, null, null, null);
  }

  @Override
  public void convert(FiredTrigger fire, RecentPurchase order, long revenueMinor) {
    outcome(
        fire,
        Outcome.CONVERTED,
        TriggerReason.ORDER,
        order.at(),
        order.orderId(),
        revenueMinor,
        fire.first());
  }

  @Override
  public void record(Episode episode, Rule rule, int step, Outcome outcome, TriggerReason reason) {
    effects.add(
        new Effect.OutcomeRecorded(
            new TriggerOutcome(
                episode.triggerId(step),
                rule.id(),
                rule.version(),
                customer.tenantId(),
                customer.customerId(),
                step,
                outcome,
                reason,
                now,
                null,
                null,
                null,
                null)));
  }

  @Override
  public void reported(FiredTrigger fire, MessageStatus status) {
    effects.add(new Effect.MessageReported(fire.ruleId(), status));
  }

  @Override
  public void viewsOverLimit() {
    effects.note(Note.VIEWS_OVER_LIMIT, 1);
  }

  @Override
  public void firesOverLimit() {
    effects.note(Note.FIRES_OVER_LIMIT, 1);
  }

  @Override
  public void episodesOverLimit() {
    effects.note(Note.EPISODES_OVER_LIMIT, 1);
  }

  private Trigger trigger(
      FiredTrigger fire, TriggerAction action, TriggerReason reason, Evidence evidence) {
    return new Trigger(
        fire.triggerId(),
        action,
        fire.ruleId(),
        fire.ruleVersion(),
        fire.kind(),
        customer.tenantId(),
        customer.customerId(),
        facts.identifiers(),
        fire.episodeId(),
        fire.step(),
        fire.dueAt(),
        fire.firedAt(),
        fire.validUntil(),
        fire.variant(),
        reason,
        evidence);
  }

  private void outcome(
      FiredTrigger fire,
      Outcome outcome,
      TriggerReason reason,
      Instant at,
      String orderId,
      Long revenueMinor,
      Boolean liftConverted) {
    effects.add(
        new Effect.OutcomeRecorded(
            new TriggerOutcome(
                fire.triggerId(),
                fire.ruleId(),
                fire.ruleVersion(),
                customer.tenantId(),
                customer.customerId(),
                fire.step(),
                outcome,
                reason,
                at,
                orderId,
                revenueMinor,
                liftConverted,
                fire.report() == null ? null : fire.report().status())));
  }
}
