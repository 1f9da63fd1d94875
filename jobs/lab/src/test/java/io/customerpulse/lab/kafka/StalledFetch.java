package io.customerpulse.lab.kafka;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets a source's consumers fetch, but not hand over, until the gate opens. Kafka makes it by name.
 */
public final class StalledFetch implements ConsumerInterceptor<byte[], byte[]> {
  private static volatile CountDownLatch gate = new CountDownLatch(0);

  private boolean isProbe;

  static void shut() {
    gate = new CountDownLatch(1);
  }

  static void open() {
    gate.countDown();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    isProbe = String.valueOf(configs.get(ConsumerConfig.CLIENT_ID_CONFIG)).contains("end-of-log");
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    if (!isProbe) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
