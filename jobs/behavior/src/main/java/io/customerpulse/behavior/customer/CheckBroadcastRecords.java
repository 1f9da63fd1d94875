package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.DeadLetterRecords;
import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.SegmentCheck;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets only those rules through that can be used: what is wrong with another is a dead letter, and
 * the last good word on the rule goes on. Whoever decides behind this need not doubt. One for all
 * subtasks, like the source before it.
 */
final class CheckBroadcastRecords extends ProcessFunction<BroadcastRecord, BroadcastRecord>
    implements CheckpointedFunction {
  static final OutputTag<TopicRecord> DEAD_LETTERS =
      new OutputTag<>("refused-controls", TopicRecordTypeInfo.INSTANCE);

  private final SegmentNames segments;
  private final RunMode run;
  private final Counters counters;

  private transient RuleRecords rules;
  private transient DeadLetterRecords deadLetters;
  private transient ListState<String> keptKeys;

  /** Of the rules that were let through; at most {@link RuleSet#MAX_RULES}. */
  private transient Set<String> keys;

  /**
   * A check.
   *
   * @param segments those that rules may wait for
   */
  CheckBroadcastRecords(SegmentNames segments, RunMode run) {
    this.segments = segments;
    this.run = run;
    this.counters = new Counters(run.isBounded());
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    keptKeys =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("rule-keys", StringSerializer.INSTANCE));
    keys = new TreeSet<>();
    for (String key : keptKeys.get()) {
      keys.add(key);
    }
  }

  @Override
  public void open(OpenContext context) {
    counters.open(getRuntimeContext());
    rules = new RuleRecords();
    deadLetters = new DeadLetterRecords(counters);
  }

  @Override
  public void processElement(
      BroadcastRecord broadcastRecord, Context context, Collector<BroadcastRecord> out) {
    if (!broadcastRecord.topic().equals(Topic.TRIGGER_RULES.wireName())) {
      out.collect(broadcastRecord);
      return;
    }
    if (broadcastRecord.value() == null) {
      keys.remove(broadcastRecord.key());
      out.collect(broadcastRecord);
      return;
    }
    String problem = problemOf(broadcastRecord);
    if (problem == null) {
      keys.add(broadcastRecord.key());
      out.collect(broadcastRecord);
    } else {
      context.output(DEAD_LETTERS, deadLetter(broadcastRecord, problem));
    }
  }

  /** Null where the rule can be used. */
  private String problemOf(BroadcastRecord broadcastRecord) {
    if (!keys.contains(broadcastRecord.key()) && keys.size() >= RuleSet.MAX_RULES) {
      return "there are " + keys.size() + " rules already; allowed: up to " + RuleSet.MAX_RULES;
    }
    try {
      return problemOf(rules.read(broadcastRecord.key(), broadcastRecord.value()));
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** What no record can tell by itself: what segments are called here. */
  private String problemOf(PublishedRule word) {
    Problems problems = new Problems();
    for (Rule version : word.versions()) {
      SegmentCheck.check("v" + version.version(), 0, version, segments, problems);
    }
    try {
      problems.throwIfAny();
      return null;
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
  }

  private TopicRecord deadLetter(BroadcastRecord broadcastRecord, String problem) {
    String source = broadcastRecord.topic() + '-' + broadcastRecord.partition();
    DeadLetter letter =
        DeadLetter.of(
            new Origin(source, broadcastRecord.offset()),
            broadcastRecord.value(),
            DeadLetterCode.RULE_INVALID,
            broadcastRecord.key() + ": " + problem);
    return deadLetters.of(letter, run.wallTime(), 0);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    keptKeys.update(List.copyOf(keys));
  }
}
