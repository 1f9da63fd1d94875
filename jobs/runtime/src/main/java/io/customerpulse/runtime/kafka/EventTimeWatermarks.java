package io.customerpulse.runtime.kafka;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Timestamps from the elements, watermarks a bound behind the latest of them. Flink makes one
 * generator for each split. An element without an event time keeps the timestamp of its Kafka
 * record and moves nothing. Nothing is ever declared idle here: {@link
 * ProcessingTimeAdvancingReader} knows better.
 */
final class EventTimeWatermarks<T> implements WatermarkStrategy<T> {
  private final EventTimeExtractor<T> extractor;
  private final TimePolicy policy;

  EventTimeWatermarks(EventTimeExtractor<T> extractor, TimePolicy policy) {
    this.extractor = extractor;
    this.policy = policy;
  }

  @Override
  public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
    return (element, recordTimestampMillis) -> {
      long eventTimeMillis = extractor.eventTimeMillis(element);
      return eventTimeMillis == EventTimeExtractor.NO_EVENT_TIME
          ? recordTimestampMillis
          : eventTimeMillis;
    };
  }

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new LatestSeen();
  }

  private final class LatestSeen implements WatermarkGenerator<T> {
    private long latestMillis = EventTimeExtractor.NO_EVENT_TIME;

    @Override
    public void onEvent(T element, long timestampMillis, WatermarkOutput output) {
      // Asked again: the timestamp of an element without an event time is its Kafka record's.
      latestMillis = Math.max(latestMillis, extractor.eventTimeMillis(element));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (latestMillis != EventTimeExtractor.NO_EVENT_TIME) {
        output.emitWatermark(new Watermark(policy.watermarkMillis(latestMillis)));
      }
    }
  }
}
