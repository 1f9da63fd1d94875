package io.customerpulse.history.replay.sort;

import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * The first pass over the input: every record finds its place in event time, which is known only
 * after its device's clock is corrected. Records without a readable time come first; those after
 * as-of are counted and left out. Blank lines are no records.
 */
public final class EventTimeOrder {
  private static final int BUFFER_BYTES = 256 << 10;

  private final TrackingEventReader reader;
  private final RecordSorter sorter;
  private final OversizedLines oversized;
  private final Instant asOf;
  private long read;
  private long afterAsOf;
  private long tooLarge;
  private Instant last;

  /**
   * What the pass has found.
   *
   * @param runs for {@link MergedRuns}
   * @param read records in the input
   * @param afterAsOf records whose event time lies after as-of; in no run
   * @param tooLarge records too large to be held in memory; in no run
   * @param last the latest event time that isn't after as-of; null where no record has one
   */
  public record Result(List<Path> runs, long read, long afterAsOf, long tooLarge, Instant last) {}

  /** Takes lines that can't be held in memory. */
  @FunctionalInterface
  public interface OversizedLines {
    void take(String source, InputLine line) throws IOException;
  }

  /**
   * A pass.
   *
   * @param asOf null where the last event says it
   */
  public EventTimeOrder(
      TrackingEventReader reader, RecordSorter sorter, OversizedLines oversized, Instant asOf) {
    this.reader = reader;
    this.sorter = sorter;
    this.oversized = oversized;
    this.asOf = asOf;
  }

  /**
   * Reads the files.
   *
   * @param progress is told the number of records read so far, after each
   */
  public Result read(List<Path> files, LongConsumer progress) throws IOException {
    for (int file = 0; file < files.size(); file++) {
      read(file, files.get(file), progress);
    }
    return new Result(sorter.finish(), read, afterAsOf, tooLarge, last);
  }

  private void read(int file, Path path, LongConsumer progress) throws IOException {
    String source = path.toString();
    try (LineScanner lines = new LineScanner(open(path))) {
      for (InputLine line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          read++;
          take(file, source, line);
          progress.accept(read);
        }
      }
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void take(int file, String source, InputLine line) throws IOException {
    if (line.isCut()) {
      tooLarge++;
      oversized.take(source, line);
      return;
    }
    Instant time = timeOf(source, line);
    if (time == null) {
      sorter.add(new TimedRecord(TimedRecord.NO_TIME, file, line.number(), line.bytes()));
    } else if (asOf != null && time.isAfter(asOf)) {
      afterAsOf++;
    } else {
      last = last == null || time.isAfter(last) ? time : last;
      sorter.add(new TimedRecord(time.toEpochMilli(), file, line.number(), line.bytes()));
    }
  }

  private Instant timeOf(String source, InputLine line) {
    Origin origin = new Origin(source, line.number());
    return reader.read(origin, line.bytes(), null) instanceof ParseResult.Valid valid
        ? valid.event().eventTime()
        : null;
  }

  private static InputStream open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    if (!path.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
