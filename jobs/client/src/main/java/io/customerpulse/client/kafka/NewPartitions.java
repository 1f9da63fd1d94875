package io.customerpulse.client.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Topics that are created are not yet topics that take records: the controller answers before the
 * brokers that lead the partitions have heard of them. A producer that begins in between may lose
 * what it sends first, though it is idempotent: its first request is refused, the second, already
 * on its way, is taken, and after that the broker refuses the first one for good, as out of order.
 * Brokers do so up to Kafka 4.2 at least (KAFKA-15591). So whoever creates topics waits here.
 */
public final class NewPartitions {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

  private NewPartitions() {}

  /**
   * Returns when the leader of each partition answers for it; from then on it takes records.
   *
   * @param counts topic → how many partitions it has been created with
   * @throws ExecutionException what the broker answered last, if that is still so after {@code
   *     within}, or at once if waiting doesn't change it
   */
  public static void awaitLeaders(Admin admin, Map<String, Integer> counts, Duration within)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    counts.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
          }
        });
    long giveUpNanos = System.nanoTime() + within.toNanos();
    while (!isLed(admin, asked, giveUpNanos)) {
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }

  private static boolean isLed(Admin admin, Map<TopicPartition, OffsetSpec> asked, long giveUpNanos)
      throws ExecutionException, InterruptedException {
    try {
      // A leader answers this from when on it takes records, not before.
      admin.listOffsets(asked).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException && System.nanoTime() - giveUpNanos < 0) {
        return false;
      }
      throw e;
    }
  }
}
