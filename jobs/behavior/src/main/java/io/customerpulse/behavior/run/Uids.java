package io.customerpulse.behavior.run;

import java.util.List;

/**
 * The names under which savepoints know operators and their state. Each names a role; it outlives
 * the class that plays the role, and never changes: a job that is restored under another name
 * starts with nothing.
 */
public final class Uids {
  public static final String READ_TRACKING_EVENTS = "read-tracking-events";
  public static final String READ_CONTROLS = "read-controls";
  public static final String CHECK_CONTROLS = "check-controls";
  public static final String END_AT_AS_OF = "end-at-as-of";
  public static final String SORT_READINGS = "sort-readings";
  public static final String FIND_DUPLICATES = "find-duplicates";
  public static final String DECIDE_CUSTOMERS = "decide-customers";
  public static final String ADD_UP_MOVES = "add-up-moves";
  public static final String TAKE_CUTS = "take-cuts";
  public static final String WRITE_TOPICS = "write-topics";
  public static final String WRITE_CUTS = "write-cuts";
  public static final String WRITE_DEAD_LETTERS = "write-dead-letters";
  public static final String WRITE_REFUSED_CONTROLS = "write-refused-controls";

  /** State of {@link #FIND_DUPLICATES}: events that wait, and fingerprints. */
  public static final String IDENTIFIER_ROLE = "identifier";

  /**
   * State of {@link #DECIDE_CUSTOMERS}: events that wait, and per customer everything that is
   * remembered.
   */
  public static final String CUSTOMER_ROLE = "customer";

  /** State of {@link #TAKE_CUTS}: per tenant, how its customers are spread. */
  public static final String POPULATION_ROLE = "population";

  private Uids() {}

  /** Every uid that an operator may have. */
  public static List<String> all() {
    return List.of(
        READ_TRACKING_EVENTS,
        READ_CONTROLS,
        CHECK_CONTROLS,
        END_AT_AS_OF,
        SORT_READINGS,
        FIND_DUPLICATES,
        DECIDE_CUSTOMERS,
        ADD_UP_MOVES,
        TAKE_CUTS,
        WRITE_TOPICS,
        WRITE_CUTS,
        WRITE_DEAD_LETTERS,
        WRITE_REFUSED_CONTROLS);
  }
}
