package io.customerpulse.pipelines.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Everything that is counted. All are totals since the start of an attempt, in the unit that is
 * given. As Flink metrics they stand in the group {@value #GROUP}, labels as further groups; in a
 * bounded run they are accumulators as well, for the summary.
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

  /** Ids of accepted events that were forgotten before their time: too many of one identifier. */
  FINGERPRINTS_DROPPED,

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

  /** Keys that were woken because time alone had something to decide, by operator. */
  WAKES("operator"),

  /** Keys that were asked again because rules or settings had changed, by operator. */
  ASKED_AGAIN("operator"),

  /** Records sent, tombstones included, by topic. */
  OUTPUTS("topic"),

  /** States that had to be read from the backend, by operator. */
  CACHE_MISSES("operator"),

  /** States that were written back for checkpoints, by operator. */
  WRITTEN_BACK("operator"),

  /** Microseconds that writing back took, by operator: the task did nothing else meanwhile. */
  WRITE_BACK_MICROS("operator");

  /** The metric group of all of them. */
  public static final String GROUP = "customer_pulse";

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @SuppressWarnings("ImmutableEnumChecker") // List.of: nobody can change it.
  private final List<String> labels;

  Metric(String... labels) {
    this.labels = List.of(labels);
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
