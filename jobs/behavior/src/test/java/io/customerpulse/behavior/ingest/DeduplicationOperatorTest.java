package io.customerpulse.behavior.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.customer.Tracked;
import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event goes on once, the first of its copies, when the watermark has passed it. */
class DeduplicationOperatorTest {
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  private StateBackend backend;
  private KeyedOneInputStreamOperatorTestHarness<String, EncodedEvent, EncodedEvent> harness;
  private final List<String> sent = new ArrayList<>();

  static List<StateBackend> backends() {
    return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(false));
  }

  private void start(OperatorSubtaskState from) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new DeduplicationOperator.Factory(Duration.ofHours(24), false),
            EncodedEvent::identifierKey,
            org.apache.flink.api.common.typeinfo.Types.STRING);
    harness.setStateBackend(backend);
    harness.setup(Types.ENCODED_EVENT.createSerializer(new SerializerConfigImpl()));
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  /** One and the same visit of one customer, shown on a page. */
  private void arrive(Instant at, String page) throws Exception {
    BehaviorEvent event = Tracked.event("o", at, "browse", "'page':'" + page + "'");
    harness.processElement(new StreamRecord<>(EncodedEvent.of(event), at.toEpochMilli()));
  }

  private List<String> passed(Instant watermark) throws Exception {
    harness.processWatermark(watermark.toEpochMilli());
    collect();
    List<String> passed = List.copyOf(sent);
    sent.clear();
    return passed;
  }

  private void collect() {
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        EncodedEvent event = (EncodedEvent) record.getValue();
        assertThat(event.identifierKey()).as("of what goes on").isNull();
        sent.add(event.event().payload().toString().replaceAll(".*page=(\\w+).*", "$1"));
      }
    }
    harness.getOutput().clear();
  }

  private void restart() throws Exception {
    harness.getOperator().prepareSnapshotPreBarrier(1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    collect();
    harness.close();
    start(snapshot);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void copiesAreFoundBeforeAndAfterARestart(StateBackend on) throws Exception {
    backend = on;
    start(null);
    // The ids of these name customer, time and type alone.
    arrive(NOON, "home");
    arrive(NOON, "home");
    arrive(NOON.plusSeconds(1), "other");
    assertThat(passed(NOON.minusMillis(1))).isEmpty();
    restart();
    arrive(NOON, "home");
    assertThat(passed(NOON)).containsExactly("home");
    restart();
    arrive(NOON, "home");
    assertThat(passed(NOON.plusSeconds(1)))
        .as("the late copy isn't among them")
        .containsExactly("other");
  }
}
