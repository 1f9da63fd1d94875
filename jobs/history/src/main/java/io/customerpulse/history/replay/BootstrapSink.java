package io.customerpulse.history.replay;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Behind everything that decides: tells when event time has come to its end everywhere before it,
 * and keeps count of the stages that customers are in. Nothing comes out: what history would have
 * sent, nobody is to get today.
 */
final class BootstrapSink extends AbstractStreamOperatorFactory<TopicRecord>
    implements OneInputStreamOperatorFactory<TopicRecord, TopicRecord> {
  private static final String ARRIVED = "bootstrap.arrived";
  private static final String CUSTOMERS = "bootstrap.customers.";

  private final long endMillis;

  BootstrapSink(Instant end) {
    this.endMillis = end.toEpochMilli();
  }

  /** The accumulator of how many subtasks have seen the end. */
  static String arrived() {
    return ARRIVED;
  }

  /** The accumulator of how many customers are in a stage. */
  static String customersIn(Stage stage) {
    return CUSTOMERS + stage.name();
  }

  @Override
  // The interface is made so: the caller wants the operator of this factory.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <O extends StreamOperator<TopicRecord>> O createStreamOperator(
      StreamOperatorParameters<TopicRecord> parameters) {
    return (O) new Counting(parameters, endMillis);
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return Counting.class;
  }

  private static final class Counting extends AbstractStreamOperator<TopicRecord>
      implements OneInputStreamOperator<TopicRecord, TopicRecord> {
    private final long endMillis;
    private final LongCounter arrived = new LongCounter();
    private final Map<Stage, LongCounter> customers = new EnumMap<>(Stage.class);
    private final AvroEncoding<LifecycleTransitionRecord> transitions =
        new AvroEncoding<>(LifecycleTransitionRecord.class);

    Counting(StreamOperatorParameters<TopicRecord> parameters, long endMillis) {
      super(parameters);
      this.endMillis = endMillis;
    }

    @Override
    public void open() throws Exception {
      super.open();
      getRuntimeContext().addAccumulator(ARRIVED, arrived);
      for (Stage stage : Stage.values()) {
        LongCounter counter = new LongCounter();
        customers.put(stage, counter);
        getRuntimeContext().addAccumulator(customersIn(stage), counter);
      }
    }

    @Override
    public void processElement(StreamRecord<TopicRecord> element) {
      TopicRecord record = element.getValue();
      if (record.topic() == Topic.LIFECYCLE_TRANSITIONS) {
        LifecycleTransitionRecord transition = transitions.decode(record.value());
        count(transition.getFrom(), -1);
        count(transition.getTo(), 1);
      }
    }

    private void count(Enum<?> stage, long change) {
      if (stage != null) {
        customers.get(Stage.valueOf(stage.name())).add(change);
      }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      super.processWatermark(mark);
      if (mark.getTimestamp() >= endMillis && arrived.getLocalValuePrimitive() == 0) {
        arrived.add(1);
      }
    }
  }
}
