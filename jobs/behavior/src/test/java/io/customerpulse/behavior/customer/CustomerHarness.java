package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import io.customerpulse.runtime.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * The operator that decides about customers, as the topology makes it, stopped anywhere and
 * restored under any settings.
 */
final class CustomerHarness implements AutoCloseable {
  private final StateBackend backend;
  private final RuleSet rules;
  private final int cachedStates;
  private final List<TopicRecord> records = new ArrayList<>();
  private final List<PositionChange> moves = new ArrayList<>();

  private TwoInputs harness;
  private long checkpoints;

  CustomerHarness(StateBackend backend, Settings settings, RuleSet rules, int cachedStates)
      throws Exception {
    this.backend = backend;
    this.rules = rules;
    this.cachedStates = cachedStates;
    start(null, settings);
  }

  private void start(OperatorSubtaskState from, Settings settings) throws Exception {
    harness = new TwoInputs(factory(settings));
    harness.setStateBackend(backend);
    harness.setup(TopicRecordTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    harness.operator().processElement2(new StreamRecord<>(BroadcastRecord.endOfLog()));
  }

  @SuppressWarnings("unchecked") // The node is of the operator that sends these records.
  private StreamOperatorFactory<TopicRecord> factory(Settings settings) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.bounded());
    CustomerTopology.apply(
        env.fromData(List.<EncodedEvent>of(), Types.ENCODED_EVENT),
        env.fromData(List.of(BroadcastRecord.endOfLog()), BroadcastRecordTypeInfo.INSTANCE),
        settings,
        rules,
        RunMode.unbounded(settings, WallClock.system()).withCachedStates(cachedStates));
    StreamNode node =
        env.getStreamGraph(false).getStreamNodes().stream()
            .filter(each -> Uids.DECIDE_CUSTOMERS.equals(each.getTransformationUID()))
            .findFirst()
            .orElseThrow();
    return (StreamOperatorFactory<TopicRecord>) node.getOperatorFactory();
  }

  void event(BehaviorEvent event) throws Exception {
    harness
        .operator()
        .processElement1(
            new StreamRecord<>(EncodedEvent.of(event), event.eventTime().toEpochMilli()));
  }

  void watermark(long millis) throws Exception {
    harness.operator().processWatermark1(new Watermark(millis));
  }

  /** Lets the clock on the wall go on, until whoever has to be asked again has been. */
  void pass(long millis) throws Exception {
    long end = harness.getProcessingTime() + millis;
    while (harness.getProcessingTime() < end) {
      harness.setProcessingTime(harness.getProcessingTime() + 1);
    }
  }

  /** Takes a snapshot, stops without a word, and goes on from the snapshot. */
  void restart(Settings settings) throws Exception {
    checkpoints++;
    harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
    OperatorSubtaskState snapshot = harness.snapshot(checkpoints, checkpoints);
    collect();
    harness.close();
    start(snapshot, settings);
  }

  /** What has been sent since it was last asked for. */
  List<TopicRecord> takeRecords() {
    collect();
    List<TopicRecord> taken = List.copyOf(records);
    records.clear();
    return taken;
  }

  /** All moves within the population so far. */
  List<PositionChange> moves() {
    collect();
    return List.copyOf(moves);
  }

  private void collect() {
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        records.add((TopicRecord) record.getValue());
      }
    }
    harness.getOutput().clear();
    Queue<StreamRecord<PositionChange>> moved = harness.getSideOutput(CustomerTopology.MOVES);
    if (moved != null) {
      moved.forEach(record -> moves.add(record.getValue()));
      moved.clear();
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  /** Flink's own harness of two inputs takes no factory. */
  private static final class TwoInputs extends AbstractStreamOperatorTestHarness<TopicRecord> {
    TwoInputs(StreamOperatorFactory<TopicRecord> factory) throws Exception {
      super(factory, 1, 1, 0);
      KeySelector<EncodedEvent, String> key = EncodedEvent::customerKey;
      config.setStatePartitioner(0, key);
      config.setStateKeySerializer(StringSerializer.INSTANCE);
      config.serializeAllConfigs();
    }

    @SuppressWarnings("unchecked") // The factory makes no other.
    TwoInputStreamOperator<EncodedEvent, BroadcastRecord, TopicRecord> operator() {
      return (TwoInputStreamOperator<EncodedEvent, BroadcastRecord, TopicRecord>) operator;
    }
  }
}
