package io.customerpulse.behavior.population;

import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.domain.rfm.PopulationTally;
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
final class TallyOperator extends AbstractStreamOperator<PopulationShift>
    implements OneInputStreamOperator<PopulationMove, PopulationShift> {
  private final transient PopulationTally tally;

  private TallyOperator(
      StreamOperatorParameters<PopulationShift> parameters, CutSchedules schedules) {
    super(parameters);
    this.tally = new PopulationTally(schedules::of);
  }

  @Override
  public void processElement(StreamRecord<PopulationMove> element) {
    tally.add(element.getValue());
    if (tally.isFull()) {
      send(tally.takeAll());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    send(tally.takeUntil(Instant.ofEpochMilli(mark.getTimestamp())));
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    send(tally.takeAll());
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    send(tally.takeAll());
    super.finish();
  }

  private void send(List<PopulationShift> shifts) {
    for (PopulationShift shift : shifts) {
      output.collect(new StreamRecord<>(shift, shift.countedAt().toEpochMilli()));
    }
  }

  /** Makes the operator where it will run. */
  static final class Factory extends AbstractStreamOperatorFactory<PopulationShift>
      implements OneInputStreamOperatorFactory<PopulationMove, PopulationShift> {
    private final CutSchedules schedules;

    Factory(CutSchedules schedules) {
      this.schedules = schedules;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<PopulationShift>> T createStreamOperator(
        StreamOperatorParameters<PopulationShift> parameters) {
      return (T) new TallyOperator(parameters, schedules);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return TallyOperator.class;
    }
  }
}
