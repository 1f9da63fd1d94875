package io.customerpulse.domain.customer;

import io.customerpulse.domain.customer.Output.Note;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.Fire;
import io.customerpulse.domain.episode.TriggerDesk;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects what one decision tells the world, in the order in which it comes about. */
final class Outbox implements TriggerDesk {
  private final CustomerKey customer;
  private final List<Output> outputs = new ArrayList<>(2);
  private KnownIdentifiers identifiers = KnownIdentifiers.NONE;
  private Instant now = Instant.MIN;

  Outbox(CustomerKey customer) {
    this.customer = customer;
  }

  List<Output> outputs() {
    return outputs;
  }

  void add(Output output) {
    outputs.add(output);
  }

  void note(Note note, int times) {
    for (int i = 0; i < times; i++) {
      outputs.add(new Output.Noted(note));
    }
  }

  /** Triggers carry the identifiers that are known by now. */
  void identifiers(KnownIdentifiers known) {
    identifiers = known;
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
    add(new Output.EpisodeOpened(episode.ruleId()));
  }

  @Override
  public void fire(Fire fire, Evidence evidence) {
    add(new Output.TriggerIssued(trigger(fire, TriggerAction.FIRE, TriggerReason.DUE, evidence)));
  }

  @Override
  public void cancel(Fire fire, TriggerReason reason) {
    add(new Output.TriggerIssued(trigger(fire, TriggerAction.CANCEL, reason, null)));
    outcome(fire, Outcome.CANCELLED, reason, now, null, null, null);
  }

  @Override
  public void convert(Fire fire, RecentPurchase order, long revenueMinor) {
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
    add(
        new Output.OutcomeRecorded(
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
  public void reported(Fire fire, MessageStatus status) {
    add(new Output.MessageReported(fire.ruleId(), status));
  }

  @Override
  public void viewsOverLimit() {
    note(Note.VIEWS_OVER_LIMIT, 1);
  }

  @Override
  public void firesOverLimit() {
    note(Note.FIRES_OVER_LIMIT, 1);
  }

  @Override
  public void episodesOverLimit() {
    note(Note.EPISODES_OVER_LIMIT, 1);
  }

  private Trigger trigger(
      Fire fire, TriggerAction action, TriggerReason reason, Evidence evidence) {
    return new Trigger(
        fire.triggerId(),
        action,
        fire.ruleId(),
        fire.ruleVersion(),
        fire.kind(),
        customer.tenantId(),
        customer.customerId(),
        identifiers,
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
      Fire fire,
      Outcome outcome,
      TriggerReason reason,
      Instant at,
      String orderId,
      Long revenueMinor,
      Boolean liftConverted) {
    add(
        new Output.OutcomeRecorded(
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
