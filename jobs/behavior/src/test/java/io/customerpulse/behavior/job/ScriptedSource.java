package io.customerpulse.behavior.job;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
import org.apache.flink.util.function.SerializableFunction;

/**
 * Says what stands in its script and then nothing, as a broker does when nobody writes: it never
 * ends, so time doesn't run out. Keeps nothing in savepoints; one that is restored says its own
 * script from the beginning. At a parallelism of one.
 */
@SuppressWarnings("try") // Flink's own interfaces let close() throw anything.
final class ScriptedSource<T> implements Source<T, ScriptedSource.NoSplit, Boolean> {
  /** Sources travel as bytes, so the latches stay behind, under the source's id. */
  private static final Map<String, CountDownLatch> SAID = new ConcurrentHashMap<>();

  /** There are none. */
  interface NoSplit extends SourceSplit {}

  private final String id = UUID.randomUUID().toString();
  private final int length;
  private final SerializableFunction<Integer, T> script;

  /**
   * A source of so many elements.
   *
   * @param script gives the element of a number, from 0
   */
  ScriptedSource(int length, SerializableFunction<Integer, T> script) {
    this.length = length;
    this.script = script;
    SAID.put(id, new CountDownLatch(1));
  }

  /** Until it has said everything; what comes behind in the stream, such as a barrier, is later. */
  CountDownLatch said() {
    return SAID.get(id);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, NoSplit> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SplitEnumerator<NoSplit, Boolean> createEnumerator(
      SplitEnumeratorContext<NoSplit> context) {
    return new NothingToEnumerate();
  }

  @Override
  public SplitEnumerator<NoSplit, Boolean> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Boolean state) {
    return new NothingToEnumerate();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new Empty<>();
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new Empty<>();
  }

  private final class Reader implements SourceReader<T, NoSplit> {
    private final CompletableFuture<Void> never = new CompletableFuture<>();
    private int next;

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      if (next < length) {
        output.collect(script.apply(next++));
        return InputStatus.MORE_AVAILABLE;
      }
      said().countDown();
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return said().getCount() > 0 ? CompletableFuture.completedFuture(null) : never;
    }

    @Override
    public List<NoSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class NothingToEnumerate implements SplitEnumerator<NoSplit, Boolean> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtaskId) {}

    @Override
    public void addReader(int subtaskId) {}

    @Override
    public Boolean snapshotState(long checkpointId) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static final class Empty<V> implements SimpleVersionedSerializer<V> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(V value) {
      return new byte[0];
    }

    @Override
    public V deserialize(int version, byte[] serialized) {
      return null;
    }
  }
}
