package io.customerpulse.history.replay;

import io.customerpulse.runtime.kafka.TopicStart;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What is known, and then nothing more: event time comes to its end there and stands, and the run
 * waits for the savepoint that hands its state over. What it leaves there for a source of its uid
 * is where that one, which is Kafka's, begins to read. A source that ended instead would count as
 * done with for good in the savepoint.
 *
 * <p>To be run at a parallelism of one. It can't be resumed: who fails is started again.
 */
final class BootstrapSource<T> implements Source<T, BootstrapSource.Nothing, TopicStart> {
  private final Elements<T> elements;
  private final Instant end;
  private final TopicStart start;

  /**
   * A source.
   *
   * @param end the event time after all elements
   * @param start where Kafka is to be read from afterwards
   */
  BootstrapSource(Elements<T> elements, Instant end, TopicStart start) {
    this.elements = elements;
    this.end = end;
    this.start = start;
  }

  /** What is known. */
  @FunctionalInterface
  interface Elements<T> extends Serializable {
    Cursor<T> open() throws IOException;
  }

  /** Hands the elements out, one at a time. */
  interface Cursor<T> extends AutoCloseable {
    /** False if there was none left. */
    boolean emitNext(ReaderOutput<T> output) throws IOException;

    @Override
    void close() throws IOException;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, Nothing> createReader(SourceReaderContext context) {
    return new Reader<>(elements, end);
  }

  @Override
  public SplitEnumerator<Nothing, TopicStart> createEnumerator(
      SplitEnumeratorContext<Nothing> context) {
    return new Leaving(start);
  }

  @Override
  public SplitEnumerator<Nothing, TopicStart> restoreEnumerator(
      SplitEnumeratorContext<Nothing> context, TopicStart checkpoint) {
    throw new UnsupportedOperationException("A bootstrap can't be resumed");
  }

  @Override
  public SimpleVersionedSerializer<Nothing> getSplitSerializer() {
    return new NothingSerializer();
  }

  @Override
  public SimpleVersionedSerializer<TopicStart> getEnumeratorCheckpointSerializer() {
    return TopicStart.serializer();
  }

  /** There are no splits: one reader knows all. */
  enum Nothing implements SourceSplit {
    INSTANCE;

    @Override
    public String splitId() {
      return "nothing";
    }
  }

  private static final class Reader<T> implements SourceReader<T, Nothing> {
    private final Elements<T> elements;
    private final Instant end;
    private Cursor<T> cursor;
    private boolean ended;

    Reader(Elements<T> elements, Instant end) {
      this.elements = elements;
      this.end = end;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws IOException {
      if (ended) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      if (cursor == null) {
        cursor = elements.open();
      }
      if (cursor.emitNext(output)) {
        return InputStatus.MORE_AVAILABLE;
      }
      output.emitWatermark(new Watermark(end.toEpochMilli()));
      ended = true;
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return ended ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Nothing> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void addSplits(List<Nothing> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws IOException {
      if (cursor != null) {
        cursor.close();
      }
    }
  }

  private record Leaving(TopicStart where) implements SplitEnumerator<Nothing, TopicStart> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String hostname) {}

    @Override
    public void addSplitsBack(List<Nothing> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public TopicStart snapshotState(long checkpointId) {
      return where;
    }

    @Override
    public void close() {}
  }

  private static final class NothingSerializer implements SimpleVersionedSerializer<Nothing> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Nothing split) {
      return split.splitId().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Nothing deserialize(int version, byte[] serialized) {
      return Nothing.INSTANCE;
    }
  }
}
