package io.customerpulse.behavior.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Everything that is counted and measured, in the unit that is given. Counters are totals since the
 * start of an attempt. As Flink metrics they stand in the group {@value #GROUP}, labels as further
 * groups; in a bounded run counters are accumulators as well, for the summary.
 */
public enum Metric {
  /** Records: what the source has read, whatever became of it. */
  READ,

  /** Records: events that were applied to a customer. */
  ACCEPTED,

  /** Records: copies of an event that stands. */
  DUPLICATES,

  /** Records: dead letters, by the code of what is wrong. */
  REJECTED("code"),

  /** Records: events later than a bounded run's as-of. */
  AFTER_AS_OF,

  /** Events that came after the watermark had passed them; they are among the accepted. */
  LATE,

  /** Things that fell over one of a customer's limits, by what they are. */
  OVER_LIMIT("what"),

  /** Episodes that have opened, by rule. */
  EPISODES("rule"),

  /** Decisions made with cuts that newer ones should have replaced by then. */
  CUTS_OUTDATED,

  /** Triggers, by rule and action (fire, cancel). */
  TRIGGERS("rule", "action"),

  /** Outcomes of triggers, by rule and outcome (converted, cancelled, expired, suppressed). */
  OUTCOMES("rule", "outcome"),

  /**
   * Steps that were kept back, by rule and reason; {@code filter_error} tells of a rule's filter
   * that fails.
   */
  SUPPRESSED("rule", "reason"),

  /** Reports about the messages of triggers, by rule and status (sent, delivered, opened …). */
  MESSAGES("rule", "status"),

  /** Timers that fired because time alone had something to decide, by operator. */
  WAKES("operator"),

  /** Keys that were evaluated again because rules or settings had changed, by operator. */
  ASKED_AGAIN("operator"),

  /** Records sent, tombstones included, by topic. */
  OUTPUTS("topic"),

  /** States that were at hand when they were needed, by operator. */
  CACHE_HITS("operator"),

  /** States that had to be read from the backend, by operator. */
  CACHE_MISSES("operator"),

  /** States that were written back for checkpoints, by operator. */
  WRITTEN_BACK("operator"),

  /** Microseconds that writing back took, by operator: the task did nothing else meanwhile. */
  WRITE_BACK_MICROS("operator"),

  /** Episodes that are live at present. */
  OPEN_EPISODES(Kind.GAUGE),

  /** Events that wait for the watermark to pass them, of all keys, by operator. */
  WAITING_EVENTS(Kind.GAUGE, "operator"),

  /** Bytes of the heap that waiting events take, apart from those in the state backend. */
  WAITING_HEAP_BYTES(Kind.GAUGE, "operator"),

  /**
   * Milliseconds from the watermark to the clock on the wall, by operator; -1 before the first
   * watermark.
   */
  WATERMARK_AGE_MILLIS(Kind.GAUGE, "operator"),

  /** Milliseconds since the last complete checkpoint, or the start, by operator. */
  CHECKPOINT_AGE_MILLIS(Kind.GAUGE, "operator"),

  /** Bytes of one key's state, without what the backend adds: of states that were written. */
  STATE_BYTES(Kind.HISTOGRAM, "operator");

  /** How a metric is to be read. */
  public enum Kind {
    /** Only grows, until the job is started again. */
    COUNTER,
    /** A value of the moment. */
    GAUGE,
    /** The spread of the last 1,024 samples. */
    HISTOGRAM
  }

  /** The metric group of all of them. */
  public static final String GROUP = "customer_pulse";

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @SuppressWarnings("ImmutableEnumChecker") // List.of: nobody can change it.
  private final List<String> labels;

  private final Kind kind;

  Metric(String... labels) {
    this(Kind.COUNTER, labels);
  }

  Metric(Kind kind, String... labels) {
    this.kind = kind;
    this.labels = List.of(labels);
  }

  /** How it is to be read. */
  public Kind kind() {
    return kind;
  }

  /** The name, in snake_case. */
  public String wireName() {
    return wireName;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** The name of the accumulator for some values of the labels. */
  String accumulator(String... values) {
    return values.length == 0 ? wireName : wireName + '.' + String.join(".", values);
  }
}
