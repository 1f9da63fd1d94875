package io.customerpulse.history.replay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The sorted records as one bounded stream of (file number, line, bytes), with timestamps and with
 * watermarks close behind them: nothing comes out of order here, so the watermark needn't wait.
 *
 * <p>There is one split, read by the first subtask. It can't be resumed: a replay that fails is
 * started again.
 */
final class SortedRecordsSource
    implements Source<Tuple3<Integer, Long, byte[]>, SortedRecordsSource.AllRuns, Void> {

  static final TypeInformation<Tuple3<Integer, Long, byte[]>> RECORD =
      Types.TUPLE(Types.INT, Types.LONG, Types.PRIMITIVE_ARRAY(Types.BYTE));

  private final List<String> runs;
  private final int watermarkEvery;

  /**
   * A source over sorted runs.
   *
   * @param runs paths
   * @param watermarkEvery a watermark is emitted after so many records, at least 1, as soon as the
   *     event time has moved on
   */
  SortedRecordsSource(List<String> runs, int watermarkEvery) {
    this.runs = List.copyOf(runs);
    this.watermarkEvery = watermarkEvery;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Tuple3<Integer, Long, byte[]>, AllRuns> createReader(
      SourceReaderContext context) {
    return new SortedRecordsReader(runs, watermarkEvery, context);
  }

  @Override
  public SplitEnumerator<AllRuns, Void> createEnumerator(SplitEnumeratorContext<AllRuns> context) {
    return new OneSplit(context);
  }

  @Override
  public SplitEnumerator<AllRuns, Void> restoreEnumerator(
      SplitEnumeratorContext<AllRuns> context, Void checkpoint) {
    throw new UnsupportedOperationException("A replay can't be resumed");
  }

  @Override
  public SimpleVersionedSerializer<AllRuns> getSplitSerializer() {
    return new AllRunsSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
    return new NothingSerializer();
  }

  /** The one split. */
  enum AllRuns implements SourceSplit {
    INSTANCE;

    @Override
    public String splitId() {
      return "all";
    }
  }

  /** Gives the split to the first reader that asks. */
  private static final class OneSplit implements SplitEnumerator<AllRuns, Void> {
    private final SplitEnumeratorContext<AllRuns> context;
    private boolean given;

    OneSplit(SplitEnumeratorContext<AllRuns> context) {
      this.context = context;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
      if (!given) {
        given = true;
        context.assignSplit(AllRuns.INSTANCE, subtask);
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<AllRuns> splits, int subtask) {
      throw new IllegalStateException("A replay can't be resumed");
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public Void snapshotState(long checkpointId) {
      return null;
    }

    @Override
    public void close() {}
  }

  private static final class AllRunsSerializer implements SimpleVersionedSerializer<AllRuns> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(AllRuns split) {
      return split.splitId().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public AllRuns deserialize(int version, byte[] serialized) {
      return AllRuns.INSTANCE;
    }
  }

  private static final class NothingSerializer implements SimpleVersionedSerializer<Void> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Void nothing) {
      return new byte[0];
    }

    @Override
    public Void deserialize(int version, byte[] serialized) {
      return null;
    }
  }
}
