package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A reader hears that its assignment is settled after its splits, never before. */
class SplitsAssignedEnumeratorTest {
  private final FakeCoordinator coordinator = new FakeCoordinator();

  @Test
  void beforeTheDiscoveryNobodyIsSettled() {
    SplitsAssignedEnumerator enumerator = enumerator(false);
    enumerator.start();
    coordinator.register(enumerator, 0);

    assertThat(coordinator.sent).isEmpty();
  }

  @Test
  void theFirstAssignmentSettlesWhoeverIsThere() {
    SplitsAssignedEnumerator enumerator = enumerator(false);
    coordinator.register(enumerator, 0);
    coordinator.register(enumerator, 1);
    enumerator.start();
    coordinator.discover();

    assertThat(coordinator.sent).containsExactly("splits for 0", "settled 0", "settled 1");
  }

  @Test
  void aReaderThatComesLaterGetsItsSplitsFirst() {
    SplitsAssignedEnumerator enumerator = enumerator(false);
    enumerator.start();
    coordinator.register(enumerator, 1);
    coordinator.discover();
    coordinator.register(enumerator, 0);

    // Reader 1 waits as well: until something is dealt out, nobody knows who goes without.
    assertThat(coordinator.sent).startsWith("splits for 0").contains("settled 0", "settled 1");
  }

  @Test
  void afterARestoreEveryReaderIsSettledAsItComes() {
    SplitsAssignedEnumerator enumerator = enumerator(true);
    enumerator.start();
    coordinator.register(enumerator, 1);

    assertThat(coordinator.sent).containsExactly("settled 1");
  }

  private SplitsAssignedEnumerator enumerator(boolean settled) {
    SplitsAssignedContext context = new SplitsAssignedContext(coordinator, settled);
    coordinator.kafka = new OnePartitionForReader0(context);
    return new SplitsAssignedEnumerator(coordinator.kafka, context);
  }

  /** Deals out its one split, to reader 0, once it is discovered and the reader is there. */
  private static final class OnePartitionForReader0
      implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private boolean discovered;

    OnePartitionForReader0(SplitEnumeratorContext<KafkaPartitionSplit> context) {
      this.context = context;
    }

    void assignPending() {
      if (discovered && context.registeredReaders().containsKey(0)) {
        context.assignSplits(
            new SplitsAssignment<>(
                Map.of(0, List.of(new KafkaPartitionSplit(new TopicPartition("t", 0), 0)))));
      }
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtaskId) {
      if (subtaskId == 0) {
        assignPending();
      }
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {}

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {}

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** Writes down what goes to the readers. */
  private static final class FakeCoordinator
      implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private final List<String> sent = new ArrayList<>();
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private OnePartitionForReader0 kafka;

    void register(SplitsAssignedEnumerator enumerator, int subtaskId) {
      readers.put(subtaskId, new ReaderInfo(subtaskId, "here"));
      enumerator.addReader(subtaskId);
    }

    void discover() {
      kafka.discovered = true;
      kafka.assignPending();
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
      assignment.assignment().keySet().forEach(reader -> sent.add("splits for " + reader));
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
      assertThat(event).isInstanceOf(SplitsAssignedEvent.class);
      sent.add("settled " + subtaskId);
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return readers;
    }

    @Override
    public int currentParallelism() {
      return 2;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> void callAsync(
        Callable<R> callable,
        BiConsumer<R, Throwable> handler,
        long initialDelayMillis,
        long periodMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      runnable.run();
    }
  }
}
