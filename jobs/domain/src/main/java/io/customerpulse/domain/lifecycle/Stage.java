package io.customerpulse.domain.lifecycle;

/** Where a customer stands: a pure function of the counting orders and the time. */
public enum Stage {
  /** No counting order. */
  PROSPECT,
  /** One counting order. */
  NEW,
  /** Two or more counting orders ever. */
  REPEAT,
  /** As many counting orders in the window as the settings ask for. */
  LOYAL,
  /** Silent since the last order for the first of three lengths of time. */
  AT_RISK,
  /** Silent for the second. */
  DORMANT,
  /** Silent for the third. */
  LOST;

  /** Whether silence alone has brought the customer here. */
  public boolean isAsleep() {
    return this == AT_RISK || this == DORMANT || this == LOST;
  }
}
