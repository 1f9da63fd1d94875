package io.customerpulse.domain.trigger;

import java.util.Locale;

/** Why a step was fired, kept back, cancelled or counted as a success: a closed list. */
public enum TriggerReason {
  /** A FIRE: it was due. */
  DUE,

  /** A CONVERTED: an order followed. */
  ORDER,

  /** An EXPIRED: it was no longer valid. */
  VALID_UNTIL,

  /** A SUPPRESSED: the rule was paused when the step was due. */
  PAUSED,
  /** A SUPPRESSED: the rule's filter didn't hold. */
  FILTER,
  /** A SUPPRESSED: the rule's filter failed on the values of this step. */
  FILTER_ERROR,
  /** A SUPPRESSED: the customer has refused marketing. */
  CONSENT,
  /** A SUPPRESSED: another episode of the rule fired lately. */
  COOLDOWN,
  /** A SUPPRESSED: a higher kind of rule fired lately, or is due at the same instant. */
  PRECEDENCE,
  /** A SUPPRESSED: there were enough fires, of the rule or of all rules. */
  CAP,
  /** A SUPPRESSED: the quiet hours outlasted its validity. */
  QUIET_HOURS,
  /** A SUPPRESSED: a later step of the episode was judged in its place. */
  SUPERSEDED,

  /** A CANCEL: it had been bought, or paid. */
  PURCHASE,
  /** A CANCEL: the cart had been emptied. */
  CART_EMPTY,
  /** A CANCEL: the product had been put into a cart. */
  CART_ADD,
  /** A CANCEL: the order had been closed. */
  CLOSED,
  /** A CANCEL: the order had been given back. */
  REFUNDED,
  /** A CANCEL: the customer wasn't silent. */
  ACTIVITY,
  /** A CANCEL: the customer was in another stage. */
  STAGE_LEFT,
  /** A CANCEL: the customer was in another segment. */
  SEGMENT_LEFT,
  /** A CANCEL: the customer asked to be forgotten. */
  ERASED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }
}
