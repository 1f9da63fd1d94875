package io.customerpulse.runtime.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sinks that write to all topics, one for each operator that makes records: each of its subtasks
 * has one transaction per checkpoint, and a read_committed consumer sees every record once.
 */
public final class KafkaOutputs {
  /**
   * The largest record that a producer sends and that whoever creates a topic lets it take. It
   * leaves room for an input that is turned away for its size.
   */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  /**
   * A job may be down for so long before what it had written is aborted: the broker's default
   * maximum.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private KafkaOutputs() {}

  /**
   * The sink of a job.
   *
   * @param kafka its properties may set {@code transaction.timeout.ms} [15 min]: longer than the
   *     longest outage to survive, not longer than the broker's {@code transaction.max.timeout.ms}
   * @param transactionalIdPrefix one for each job and environment; two jobs that share it abort
   *     each other's transactions
   * @param serializer says where each record goes, too
   */
  public static <T> KafkaSink<T> sink(
      KafkaSettings kafka,
      String transactionalIdPrefix,
      KafkaRecordSerializationSchema<T> serializer) {
    Properties producer = KafkaConnection.properties(kafka);
    producer.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
    producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_RECORD_BYTES));
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer)
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setRecordSerializer(serializer)
        .build();
  }
}
