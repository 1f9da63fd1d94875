package io.customerpulse.behavior.population;

import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.LocalPreAggregator;
import io.customerpulse.domain.rfm.PositionChange;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds moves up before they are sent, so that a busy day of a subtask becomes a few records. What
 * it holds leaves before every watermark that makes somebody wait for it, and before every barrier:
 * there is nothing to keep in state.
 */
final class LocalPreAggregationOperator extends AbstractStreamOperator<HistogramDelta>
    implements OneInputStreamOperator<PositionChange, HistogramDelta> {
  private final transient LocalPreAggregator aggregator;

  private LocalPreAggregationOperator(
      StreamOperatorParameters<HistogramDelta> parameters, CutSchedules schedules) {
    super(parameters);
    this.aggregator = new LocalPreAggregator(schedules::of);
  }

  @Override
  public void processElement(StreamRecord<PositionChange> element) {
    aggregator.add(element.getValue());
    if (aggregator.isFull()) {
      send(aggregator.takeAll());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    send(aggregator.takeUntil(Instant.ofEpochMilli(mark.getTimestamp())));
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    send(aggregator.takeAll());
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    send(aggregator.takeAll());
    super.finish();
  }

  private void send(List<HistogramDelta> deltas) {
    for (HistogramDelta delta : deltas) {
      output.collect(new StreamRecord<>(delta, delta.snapshotAt().toEpochMilli()));
    }
  }

  /** Makes the operator where it will run. */
  static final class Factory extends AbstractStreamOperatorFactory<HistogramDelta>
      implements OneInputStreamOperatorFactory<PositionChange, HistogramDelta> {
    private final CutSchedules schedules;

    Factory(CutSchedules schedules) {
      this.schedules = schedules;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<HistogramDelta>> T createStreamOperator(
        StreamOperatorParameters<HistogramDelta> parameters) {
      return (T) new LocalPreAggregationOperator(parameters, schedules);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return LocalPreAggregationOperator.class;
    }
  }
}
