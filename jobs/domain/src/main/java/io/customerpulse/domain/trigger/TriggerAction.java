package io.customerpulse.domain.trigger;

/** What a trigger asks of a marketing system. */
public enum TriggerAction {
  /** Do this now for this customer. */
  FIRE,
  /** Don't: it has turned out wrong. */
  CANCEL
}
