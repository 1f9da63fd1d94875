package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BrokerThreadTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Queue<Boolean> looksAfterwards = new ConcurrentLinkedQueue<>();
  private CountDownLatch answers = new CountDownLatch(0);
  private final SimpleCounter failures = new SimpleCounter();
  private final FakeLog log = new FakeLog();

  @Test
  void aBrokerThatFailsIsCountedAndPromisesNothing() throws Exception {
    BrokerThread thread = start();

    assertThat(log.closed.poll(5, TimeUnit.SECONDS)).as("the failed clients are let go").isTrue();
    assertThat(failures.getCount()).isEqualTo(1);
    assertThat(looksAfterwards).isEmpty();
    thread.stop();
  }

  @Test
  void aBrokerThatNeverAnswersDoesNotHoldUpTheEnd() throws Exception {
    answers = new CountDownLatch(1);
    BrokerThread thread = start();
    asked.await();

    thread.stop();

    assertThat(log.closed).hasSize(1);
    assertThat(failures.getCount()).isZero();
  }

  @Test
  void looksAtOnceWhenItIsAsked() throws Exception {
    BlockingQueue<Long> looks = new LinkedBlockingQueue<>();
    BrokerThread thread = new BrokerThread(List.of(() -> looks.add(1L)), log, failures, "test");
    thread.start();
    for (int look = 0; look < 100; look++) {
      // A hundred pauses are longer than this test may take.
      thread.lookNow();
      assertThat(looks.poll(5, TimeUnit.SECONDS)).isNotNull();
    }
    thread.stop();
  }

  private BrokerThread start() {
    BrokerThread thread =
        new BrokerThread(
            List.of(
                () -> {
                  asked.countDown();
                  answers.await();
                  throw new KafkaException("On purpose");
                },
                () -> looksAfterwards.add(true)),
            log,
            failures,
            "broker-test");
    thread.start();
    return thread;
  }

  /** Says when its clients are let go. */
  private static final class FakeLog implements LogEnds {
    private final BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();

    @Override
    public Map<String, TopicLayout> topics(Collection<String> names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> firstVisible(Map<TopicPartition, Range> ranges) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.add(true);
    }
  }
}
