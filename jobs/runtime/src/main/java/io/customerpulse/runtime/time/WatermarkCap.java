package io.customerpulse.runtime.time;

import java.time.Instant;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Ends event time at a bounded run's as-of. A bounded source ends with the watermark of all
 * eternity, which would fire every timer that was ever set; behind this, timers due by as-of fire
 * and later ones don't.
 */
public final class WatermarkCap<T> extends AbstractStreamOperatorFactory<T>
    implements OneInputStreamOperatorFactory<T, T> {
  private final long asOfMillis;

  public WatermarkCap(Instant asOf) {
    this.asOfMillis = asOf.toEpochMilli();
  }

  @Override
  // The interface is made so: the caller wants the operator of this factory.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <O extends StreamOperator<T>> O createStreamOperator(
      StreamOperatorParameters<T> parameters) {
    return (O) new Cap<>(parameters, asOfMillis);
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return Cap.class;
  }

  private static final class Cap<T> extends AbstractStreamOperator<T>
      implements OneInputStreamOperator<T, T> {
    private final long asOfMillis;
    private boolean reached;

    Cap(StreamOperatorParameters<T> parameters, long asOfMillis) {
      super(parameters);
      this.asOfMillis = asOfMillis;
    }

    @Override
    public void processElement(StreamRecord<T> element) {
      output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      if (mark.getTimestamp() < asOfMillis) {
        super.processWatermark(mark);
      } else if (!reached) {
        reached = true;
        super.processWatermark(new Watermark(asOfMillis));
      }
    }
  }
}
