package io.customerpulse.behavior.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the timestamp of a record counts for. */
class TrackingRecordReaderTest {
  private static final Instant NOW = Instant.parse("2024-03-10T04:00:00Z");
  private static final Instant EVENT_TIME = NOW.minusSeconds(60);

  private final TrackingRecordReader reader =
      new TrackingRecordReader(SettingsReader.defaults(), () -> NOW);

  @ParameterizedTest
  @ValueSource(
      strings = {"2000-01-01T00:00:00Z", "2024-03-10T03:59:00.123Z", "2024-03-11T04:00:00Z"})
  void isWhenTheRecordWasReceived(Instant timestamp) {
    assertThat(event(timestamp.toEpochMilli()).receivedAt()).isEqualTo(timestamp);
  }

  /** Nothing at all, seconds, the edges, microseconds. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        0L,
        1_710_043_200L,
        946_684_799_999L,
        1_710_043_200_000L + 86_400_001L,
        1_710_043_200_000_000L,
        Long.MAX_VALUE
      })
  void countsForNothingWhereItCannotBeATime(long timestamp) {
    BehaviorEvent event = event(timestamp);

    assertThat(event.receivedAt()).isNull();
    assertThat(event.eventTime()).isEqualTo(EVENT_TIME);
    assertThat(event.repairs()).isEmpty();
  }

  @Test
  void countsForNothingWhereThereIsNone() {
    assertThat(event(record(NOW.toEpochMilli(), TimestampType.NO_TIMESTAMP_TYPE)).receivedAt())
        .isNull();
  }

  private BehaviorEvent event(long timestamp) {
    return event(record(timestamp, TimestampType.CREATE_TIME));
  }

  private BehaviorEvent event(ConsumerRecord<byte[], byte[]> record) {
    List<ParseResult> read = new ArrayList<>();
    reader.open(null);
    reader.deserialize(
        record,
        new Collector<>() {
          @Override
          public void collect(ParseResult result) {
            read.add(result);
          }

          @Override
          public void close() {}
        });
    assertThat(read).singleElement().isInstanceOf(ParseResult.Valid.class);
    return ((ParseResult.Valid) read.get(0)).event();
  }

  private static ConsumerRecord<byte[], byte[]> record(long timestamp, TimestampType type) {
    byte[] value =
        """
        {"type":"click","event_id":"e1","app_id":"a","event_time":"EVENT_TIME","openid":"oA","properties":
         {"element_id":"b"}}\
        """
            .replace("EVENT_TIME", EVENT_TIME.toString())
            .getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        type,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
