package io.customerpulse.domain.customer;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;

/** What a decision tells the world. */
public sealed interface Effect {

  /** An event was taken: it is clean, not a duplicate, and has been applied. */
  record EventAccepted(BehaviorEvent event) implements Effect {}

  /** An event can't be taken from this customer. Its origin tells what was read. */
  record EventRejected(BehaviorEvent event, DeadLetterCode code, String message)
      implements Effect {}

  record ProfileChanged(CustomerProfile profile) implements Effect {}

  /** There is no such customer any more. */
  record ProfileRemoved(CustomerKey customer) implements Effect {}

  record StageChanged(StageTransition transition) implements Effect {}

  /** A rule has begun to wait for something. No message tells; it is counted. */
  record EpisodeOpened(String ruleId) implements Effect {}

  record TriggerIssued(Trigger trigger) implements Effect {}

  record OutcomeRecorded(TriggerOutcome outcome) implements Effect {}

  /** A customer's place in the population that cuts are taken from is another one. */
  record PositionChanged(PositionChange change) implements Effect {}

  /** A marketing system has said what became of the message of a trigger. */
  record MessageReported(String ruleId, MessageStatus status) implements Effect {}

  /** Something worth counting happened that no message tells. */
  record Noted(Note note) implements Effect {}

  /** What is counted. */
  enum Note {
    LATE_EVENT,
    IDENTIFIERS_OVER_LIMIT,
    ATTRIBUTES_OVER_LIMIT,
    ORDERS_OVER_LIMIT,
    ORDER_TRACES_OVER_LIMIT,
    REFUNDS_OVER_LIMIT,
    CARTS_OVER_LIMIT,
    CART_LINES_OVER_LIMIT,
    EPISODES_OVER_LIMIT,
    FIRES_OVER_LIMIT,
    VIEWS_OVER_LIMIT,
    /** A decision was made with cuts that newer ones should have replaced by then. */
    CUTS_OUTDATED
  }
}
