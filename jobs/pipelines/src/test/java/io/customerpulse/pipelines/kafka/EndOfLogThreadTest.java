package io.customerpulse.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EndOfLogThreadTest {
  private final TaskMailbox mailbox = new TaskMailbox();
  private final SimpleCounter failures = new SimpleCounter();
  private final FakeLog log = new FakeLog();

  @Test
  void aBrokerThatFailsIsCountedAndPromisesNothing() throws Exception {
    EndOfLogThread thread = start();

    assertThat(log.closed.poll(5, TimeUnit.SECONDS)).as("the failed clients are let go").isTrue();
    assertThat(failures.getCount()).isEqualTo(1);
    assertThat(mailbox.wakeUp()).isNotDone();
    thread.stop();
  }

  @Test
  void aBrokerThatNeverAnswersDoesNotHoldUpTheEnd() throws Exception {
    log.answers = new CountDownLatch(1);
    EndOfLogThread thread = start();
    log.asked.await();

    thread.stop();

    assertThat(log.closed).hasSize(1);
    assertThat(failures.getCount()).isZero();
  }

  private EndOfLogThread start() {
    SplitProgress split = new SplitProgress("t-0", new TopicPartition("t", 0), 5);
    EndOfLogThread thread =
        new EndOfLogThread(
            new EndOfLogWatch(log, WallClock.system(), () -> List.of(split)),
            log,
            mailbox,
            failures,
            "end-of-log-test");
    thread.start();
    return thread;
  }

  private static final class FakeLog implements LogEnds {
    private final BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch answers = new CountDownLatch(0);

    @Override
    public Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions)
        throws InterruptedException {
      asked.countDown();
      answers.await();
      throw new KafkaException("On purpose");
    }

    @Override
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
      return Map.of();
    }

    @Override
    public Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges) {
      return Map.of();
    }

    @Override
    public void close() {
      closed.add(true);
    }
  }
}
