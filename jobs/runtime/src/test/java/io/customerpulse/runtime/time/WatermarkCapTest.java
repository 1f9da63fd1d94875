package io.customerpulse.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WatermarkCapTest {

  @Test
  void timeEndsAtAsOfOnce() throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness =
        new OneInputStreamOperatorTestHarness<>(
            new WatermarkCap<>(Instant.ofEpochMilli(100)), StringSerializer.INSTANCE);
    try {
      harness.open();
      harness.processWatermark(99);
      harness.processElement(new StreamRecord<>("a", 100));
      harness.processWatermark(101);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.getOutput())
          .containsExactly(new Watermark(99), new StreamRecord<>("a", 100), new Watermark(100));
    } finally {
      harness.close();
    }
  }
}
