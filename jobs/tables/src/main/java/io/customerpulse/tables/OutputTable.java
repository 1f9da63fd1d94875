package io.customerpulse.tables;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.CustomerRedirectRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The tables of the contract that are written; {@code daily_metrics} is a view over them, exact
 * whenever it is read.
 *
 * <p>Two kinds. <b>Logs</b> only grow: partitioned by time, because that is how they are asked and
 * how they are thrown away, and without buckets, because nobody asks for a single row. Ten million
 * customers make some hundred million events a day, which is a partition of some ten gigabytes; the
 * two quieter logs would leave a thousand small days behind, so theirs are months. <b>States</b>
 * have a key and a row per key that is updated and deleted: hash buckets by the id that is looked
 * up, so that finding one customer opens one bucket. They have no partitions: a customer has no
 * date, and of an outcome the day of its FIRE isn't known. All of them let a person be taken out
 * again: a row with a key is deleted, a partition of a log is written anew without the person.
 */
public enum OutputTable {
  BEHAVIOR_EVENTS(
      "Every accepted event: clean, without duplicates, its customer resolved.",
      BehaviorEventRecord.class,
      Topic.BEHAVIOR_EVENTS,
      Kind.LOG,
      "day"),
  CUSTOMER_PROFILES(
      "What is known of each living customer: a row per customer.",
      CustomerProfileRecord.class,
      Topic.CUSTOMER_PROFILES,
      Kind.STATE,
      "customer_id"),
  CUSTOMER_REDIRECTS(
      "Customer ids that have become another one for good.",
      CustomerRedirectRecord.class,
      Topic.CUSTOMER_REDIRECTS,
      Kind.STATE,
      "old_customer_id"),
  LIFECYCLE_TRANSITIONS(
      "Changes of stage.",
      LifecycleTransitionRecord.class,
      Topic.LIFECYCLE_TRANSITIONS,
      Kind.LOG,
      "month"),
  TRIGGERS(
      "A row per FIRE with what became of it.",
      MarketingTriggerRecord.class,
      Topic.MARKETING_TRIGGERS,
      Kind.STATE,
      "trigger_id"),
  TRIGGER_OUTCOMES(
      "What became of the steps that were due, one by one.",
      TriggerOutcomeRecord.class,
      Topic.TRIGGER_OUTCOMES,
      Kind.LOG,
      "month"),
  RFM_CUT_POINTS(
      "The values between the scores, version by version.",
      RfmCutPointsRecord.class,
      Topic.RFM_CUT_POINTS,
      Kind.STATE,
      "version");

  private enum Kind {
    LOG,
    STATE
  }

  private final String comment;
  private final Class<? extends SpecificRecordBase> recordClass;
  private final Topic topic;
  private final Kind kind;
  private final String divider;

  OutputTable(
      String comment,
      Class<? extends SpecificRecordBase> recordClass,
      Topic topic,
      Kind kind,
      String divider) {
    this.comment = comment;
    this.recordClass = recordClass;
    this.topic = topic;
    this.kind = kind;
    this.divider = divider;
  }

  /** The contract's name. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String comment() {
    return comment;
  }

  /** The topic that its rows come from; {@link #TRIGGERS} hears of outcomes besides. */
  public Topic topic() {
    return topic;
  }

  /** All topics that tables are made of. */
  public static Set<Topic> topics() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    for (OutputTable table : values()) {
      topics.add(table.topic);
    }
    return topics;
  }

  Schema schema() {
    return SpecificData.get().getSchema(recordClass);
  }

  /** A log only grows; anything else is a state. */
  boolean isLog() {
    return kind == Kind.LOG;
  }

  /** Of a state: what there is one row of. */
  List<String> key() {
    return isLog() ? List.of() : List.of("tenant_id", divider);
  }

  /** Of a log the column of its partitions, of a state that of its buckets. */
  String divider() {
    return divider;
  }

  /** The operator that makes the rows, and part of the names of those that write them. */
  String uid() {
    return tableName().replace('_', '-');
  }
}
