package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.metrics.Counts;
import io.customerpulse.behavior.metrics.Metric;
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
import io.customerpulse.runtime.keyedlogic.Control;
import java.time.Instant;
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
final class CheckControls extends ProcessFunction<Control, Control>
    implements CheckpointedFunction {
  static final OutputTag<TopicRecord> DEAD_LETTERS =
      new OutputTag<>("refused-controls", TopicRecordTypeInfo.INSTANCE);

  private final SegmentNames segments;
  private final RunMode run;
  private final Counts counts;

  private transient RuleRecords rules;
  private transient OutputRecords outputs;
  private transient ListState<String> keptKeys;

  /** Of the rules that were let through; at most {@link RuleSet#MAX_RULES}. */
  private transient Set<String> keys;

  /**
   * A check.
   *
   * @param segments those that rules may wait for
   */
  CheckControls(SegmentNames segments, RunMode run) {
    this.segments = segments;
    this.run = run;
    this.counts = new Counts(run.isBounded());
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
    counts.open(getRuntimeContext());
    rules = new RuleRecords();
    outputs = new OutputRecords();
  }

  @Override
  public void processElement(Control control, Context context, Collector<Control> out) {
    if (!control.topic().equals(Topic.TRIGGER_RULES.wireName())) {
      out.collect(control);
      return;
    }
    if (control.value() == null) {
      keys.remove(control.key());
      out.collect(control);
      return;
    }
    String problem = problemOf(control);
    if (problem == null) {
      keys.add(control.key());
      out.collect(control);
    } else {
      context.output(DEAD_LETTERS, deadLetter(control, problem));
    }
  }

  /** Null where the rule can be used. */
  private String problemOf(Control control) {
    if (!keys.contains(control.key()) && keys.size() >= RuleSet.MAX_RULES) {
      return "there are " + keys.size() + " rules already; allowed: up to " + RuleSet.MAX_RULES;
    }
    try {
      return problemOf(rules.read(control.key(), control.value()));
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

  private TopicRecord deadLetter(Control control, String problem) {
    String source = control.topic() + '-' + control.partition();
    Instant wall = run.wallTime();
    DeadLetter letter =
        DeadLetter.of(
            new Origin(source, control.offset(), control.value()),
            DeadLetterCode.RULE_INVALID,
            control.key() + ": " + problem);
    counts.count(Metric.REJECTED, letter.code().wireName());
    TopicRecord record =
        outputs.deadLetter(letter, wall.isAfter(Instant.EPOCH) ? wall : Instant.EPOCH);
    counts.count(Metric.OUTPUTS, record.topic().wireName());
    return record;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    keptKeys.update(List.copyOf(keys));
  }
}
