package io.customerpulse.lab.live;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.MarketingAction;
import io.customerpulse.schemas.MarketingTriggerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads triggers as a marketing system does, and notes how long after its due time each was decided
 * and could be read. Decided: the broker has it, by the broker's clock; that is when the sink's
 * batch leaves, some milliseconds later. Readable: this committed reader has it. Both count from
 * when the watermark can have passed the due time, {@code time.out_of_orderness} after it.
 */
final class TriggerTimes implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final LatencyHistogram decided = new LatencyHistogram();
  private final LatencyHistogram readable = new LatencyHistogram();
  private final AvroEncoding<MarketingTriggerRecord> encoding =
      new AvroEncoding<>(MarketingTriggerRecord.class);
  private final long outOfOrdernessMillis;
  private final TopicReader reader;
  private final Thread thread;
  private volatile boolean ending;

  TriggerTimes(DeploymentSettings settings) {
    outOfOrdernessMillis = settings.domain().time().outOfOrderness().toMillis();
    reader = new TopicReader(settings.kafka(), List.of(Topic.MARKETING_TRIGGERS), false);
    thread = new Thread(this::read, "trigger-times");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets the broker date triggers by its own clock; the job dates them by event time. */
  static void dateByBroker(KafkaSettings kafka) throws InterruptedException {
    String topic = kafka.topic(Topic.MARKETING_TRIGGERS.wireName());
    try (Admin admin =
        Admin.create(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(
                              TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(topic + " takes no setting: " + e.getCause(), e);
    }
  }

  private void read() {
    try {
      while (!ending) {
        for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
          note(record, System.currentTimeMillis());
        }
      }
    } catch (WakeupException e) {
      // It is closed.
    } finally {
      reader.close();
    }
  }

  private void note(ConsumerRecord<String, byte[]> record, long nowMillis) {
    MarketingTriggerRecord trigger = encoding.decode(record.value());
    if (trigger.getAction() == MarketingAction.FIRE) {
      long passable = trigger.getDueAt().toEpochMilli() + outOfOrdernessMillis;
      decided.add(record.timestamp() - passable);
      readable.add(nowMillis - passable);
    }
  }

  /** Forgets what it has seen until now. */
  void begin() {
    decided.clear();
    readable.clear();
  }

  LatencyHistogram decided() {
    return decided;
  }

  LatencyHistogram readable() {
    return readable;
  }

  @Override
  public void close() throws InterruptedException {
    ending = true;
    reader.wakeUp();
    thread.join();
  }
}
