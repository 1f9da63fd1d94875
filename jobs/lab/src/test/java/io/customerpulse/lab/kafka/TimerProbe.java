package io.customerpulse.lab.kafka;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.runtime.kafka.EventTimeExtractor;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.ProcessingTimeAdvancingKafkaSource;
import io.customerpulse.runtime.kafka.TimePolicy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A job of one timer per record, and what was seen of it. A record reads {@code key event due}: the
 * event time, and the event time at which its timer is due. Anything else has no event time.
 *
 * <p>What is seen stands in static fields, for the job runs in this JVM and is made of copies.
 */
final class TimerProbe {
  static final BlockingQueue<Fired> FIRED = new LinkedBlockingQueue<>();
  static final Set<String> KEYS = ConcurrentHashMap.newKeySet();
  static final LongAdder CHECKPOINTS = new LongAdder();
  static final LongAdder READ = new LongAdder();
  static final LongAdder LATE = new LongAdder();

  private TimerProbe() {}

  /**
   * A timer that went off.
   *
   * @param wallMillis when, by the real clock
   * @param readBefore how many records had been read by then
   */
  record Fired(String key, long dueMillis, long wallMillis, long readBefore) {}

  static void reset() {
    FIRED.clear();
    KEYS.clear();
    CHECKPOINTS.reset();
    READ.reset();
    LATE.reset();
  }

  static Fired awaitFired(int seconds) throws InterruptedException {
    Fired fired = FIRED.poll(seconds, TimeUnit.SECONDS);
    if (fired == null) {
      throw new AssertionError("No timer fired within " + seconds + " s");
    }
    return fired;
  }

  static ProcessingTimeAdvancingKafkaSource<String> source(
      KafkaSettings kafka, TimePolicy policy, long nanosPerRecord) {
    return new ProcessingTimeAdvancingKafkaSource<>(
        kafka,
        Topic.TRACKING_EVENTS.wireName(),
        "probe",
        new Text(nanosPerRecord),
        eventTime(),
        policy);
  }

  static EventTimeExtractor<String> eventTime() {
    return text -> {
      String[] words = text.split(" ", -1);
      return words.length == 3 ? Long.parseLong(words[1]) : EventTimeExtractor.NO_EVENT_TIME;
    };
  }

  static JobClient start(
      Configuration configuration,
      int parallelism,
      ProcessingTimeAdvancingKafkaSource<String> source)
      throws Exception {
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, parallelism);
    env.fromSource(source, source.watermarks(), "Read")
        .uid("read")
        .keyBy(text -> text.split(" ", -1)[0], Types.STRING)
        .process(new OneTimerPerRecord())
        .uid("timers")
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync("timer probe");
  }

  private static final class OneTimerPerRecord extends KeyedProcessFunction<String, String, String>
      implements CheckpointListener {
    @Override
    public void processElement(String text, Context context, Collector<String> out) {
      READ.increment();
      KEYS.add(context.getCurrentKey());
      String[] words = text.split(" ", -1);
      if (words.length != 3) {
        return;
      }
      long eventMillis = Long.parseLong(words[1]);
      if (context.timestamp() != eventMillis) {
        throw new IllegalStateException(
            "The timestamp is " + context.timestamp() + ", not the event time " + eventMillis);
      }
      if (eventMillis <= context.timerService().currentWatermark()) {
        LATE.increment();
      }
      context.timerService().registerEventTimeTimer(Long.parseLong(words[2]));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      CHECKPOINTS.increment();
    }

    @Override
    public void onTimer(long dueMillis, OnTimerContext context, Collector<String> out) {
      FIRED.add(
          new Fired(context.getCurrentKey(), dueMillis, System.currentTimeMillis(), READ.sum()));
    }
  }

  private record Text(long nanosPerRecord) implements KafkaRecordDeserializationSchema<String> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<String> out) {
      if (nanosPerRecord > 0) {
        LockSupport.parkNanos(nanosPerRecord);
      }
      out.collect(new String(record.value(), StandardCharsets.UTF_8));
    }

    @Override
    public TypeInformation<String> getProducedType() {
      return Types.STRING;
    }
  }
}
