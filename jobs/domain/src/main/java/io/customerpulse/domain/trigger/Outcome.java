package io.customerpulse.domain.trigger;

/** What became of a step that was due. */
public enum Outcome {
  /** An order followed within the time that counts as success. */
  CONVERTED,
  /** It was fired and has turned out wrong. */
  CANCELLED,
  /** It was no longer valid when it was judged. */
  EXPIRED,
  /** It was kept back. */
  SUPPRESSED
}
