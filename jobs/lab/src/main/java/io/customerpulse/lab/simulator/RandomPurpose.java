package io.customerpulse.lab.simulator;

/** What is drawn for: each purpose is independent of every other one about the same number. */
enum RandomPurpose {
  KIND,
  DUPLICATE_OF,
  LATENESS,
  SKEW,
  DEFECT,
  JITTER,
  SENDING,
  RECEIVING,
  FOLLOW_UP_LAG,
  VISITOR,
  HABIT,
  AWAKE,
  ASLEEP,
  ARRIVAL,
  KNOWN_BY,
  HOME_APP,
  CONSENT,
  PROFILE,
  APP,
  PLATFORM,
  SCENE,
  STORYLINE,
  REGISTERS,
  PRODUCT,
  NEXT_PRODUCT,
  VARIANT,
  PRICE,
  QUANTITY,
  COUPON,
  FIRST_FOLLOW_UP,
  SECOND_FOLLOW_UP,
  FILLER,
  MESSAGE,
  ERASURE,
  DETAIL,
  SHUFFLE,
  VISIT_LENGTH,
  VISIT_PHASE;

  private final long salt = SeededRandom.mix(name().hashCode());

  /**
   * Follows from the name, so that another purpose added here leaves the traffic of a seed alone.
   */
  long salt() {
    return salt;
  }
}
