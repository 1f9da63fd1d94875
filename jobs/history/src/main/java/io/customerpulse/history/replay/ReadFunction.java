package io.customerpulse.history.replay;

import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.Settings;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple3;

/** Records of files → what they parse into. */
final class ReadFunction extends RichMapFunction<Tuple3<Integer, Long, byte[]>, ParseResult> {
  private final Settings settings;
  private final List<String> sources;

  private transient TrackingEventReader reader;

  /**
   * Reads records as production does, but for the time of their reception, which a file doesn't
   * know.
   *
   * @param sources names of the files by their number
   */
  ReadFunction(Settings settings, List<String> sources) {
    this.settings = settings;
    this.sources = List.copyOf(sources);
  }

  @Override
  public void open(OpenContext context) {
    reader = new TrackingEventReader(settings, TrackingRecordReader.phoneHasher(settings));
  }

  @Override
  public ParseResult map(Tuple3<Integer, Long, byte[]> record) {
    return reader.read(new Origin(sources.get(record.f0), record.f1), record.f2, null);
  }
}
