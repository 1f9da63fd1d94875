package io.customerpulse.domain.customer;

import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.StageMove;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.lifecycle.Lifecycle;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageEntry;
import io.customerpulse.domain.lifecycle.StageSchedule;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderState;
import java.time.Instant;

/** Keeps a customer in the stage that orders and time give, and says why it changes. */
final class StageTracker {
  private final CustomerKey key;
  private final Lifecycle lifecycle;
  private final FactCollector facts;
  private final ProfilePublisher publisher;
  private final Effects effects;

  private StageEntry entry;

  /** Of these orders; null until somebody asks. */
  private StageSchedule schedule;

  private OrderBook scheduled;

  StageTracker(
      CustomerKey key,
      StageEntry entry,
      Lifecycle lifecycle,
      FactCollector facts,
      ProfilePublisher publisher,
      Effects effects) {
    this.key = key;
    this.entry = entry;
    this.lifecycle = lifecycle;
    this.facts = facts;
    this.publisher = publisher;
    this.effects = effects;
  }

  StageEntry entry() {
    return entry;
  }

  /** Whether anything is known of the customer. */
  boolean isEntered() {
    return entry.stage() != null;
  }

  /** What becomes of the customer as long as the orders stay as they are. */
  StageSchedule schedule() {
    OrderBook orders = facts.orders();
    if (schedule == null || scheduled != orders) {
      schedule = lifecycle.scheduleOf(orders);
      scheduled = orders;
    }
    return schedule;
  }

  /**
   * Whether other settings than those of the last decision put the customer in another stage by
   * then: no moment lies ahead at which that would be noticed.
   */
  boolean isOutdatedAt(Instant processedUpTo) {
    return isEntered() && schedule().stageAt(processedUpTo) != entry.stage();
  }

  /** Begins with the first event; null where that is past. */
  StageMove onFirst(BehaviorEvent event, Instant now, boolean late) {
    return isEntered()
        ? null
        : enter(
            Stage.PROSPECT, now, late ? TransitionReason.LATE : TransitionReason.FIRST_SEEN, event);
  }

  /** Enters what time alone has led to; null where it has led to nothing. */
  StageMove onTime(Instant now) {
    Stage next = isEntered() ? schedule().stageAt(now) : null;
    return next == entry.stage() ? null : enter(next, now, Lifecycle.reasonOfTime(next), null);
  }

  /**
   * Enters the stage that the orders now give, and says why; null where it is the present one.
   *
   * @param before of the orders before the change
   */
  StageMove onChange(StageSchedule before, CustomerChange change) {
    Instant now = change.at();
    Stage next = schedule().stageAt(now);
    if (next == entry.stage()) {
      return null;
    }
    boolean byTime = before.stageAt(now) == next;
    return enter(next, now, reason(next, byTime, change), byTime ? null : change.event());
  }

  private TransitionReason reason(Stage next, boolean byTime, CustomerChange change) {
    if (change.late()) {
      return TransitionReason.LATE;
    }
    if (byTime) {
      return Lifecycle.reasonOfTime(next);
    }
    return change.event().payload() instanceof Payload.Purchase purchase
            && purchase.status().pays()
            && change.order().after() == OrderState.COUNTING
        ? Lifecycle.reasonOfOrder(entry.stage(), next)
        : TransitionReason.REFUNDED;
  }

  /**
   * Begins a stage.
   *
   * @param by the event that brought it about; null where time alone did
   */
  private StageMove enter(Stage next, Instant at, TransitionReason reason, BehaviorEvent by) {
    tell(next, at, reason);
    StageMove move = new StageMove(entry.stage(), next, at, by);
    entry = new StageEntry(next, at, reason == TransitionReason.SILENCE);
    publisher.outdate();
    return move;
  }

  /** The customer is to be forgotten. */
  void erase(Instant now) {
    tell(null, now, TransitionReason.ERASED);
  }

  private void tell(Stage next, Instant at, TransitionReason reason) {
    effects.add(
        new Effect.StageChanged(
            new StageTransition(
                key.tenantId(), key.customerId(), entry.stage(), next, at, reason)));
  }
}
