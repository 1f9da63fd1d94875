package io.customerpulse.history.replay.sort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Several sorted runs as one. */
public final class MergedRuns implements AutoCloseable {
  private final PriorityQueue<RunReader> readers =
      new PriorityQueue<>(Comparator.comparing(RunReader::head, TimedRecord.ORDER));

  /** Opens the runs. */
  public MergedRuns(List<Path> runs) throws IOException {
    for (Path run : runs) {
      offer(new RunReader(run));
    }
  }

  /** The next record in {@link TimedRecord#ORDER}; null at the end. */
  public TimedRecord next() throws IOException {
    RunReader reader = readers.poll();
    if (reader == null) {
      return null;
    }
    TimedRecord record = reader.head();
    reader.advance();
    offer(reader);
    return record;
  }

  private void offer(RunReader reader) throws IOException {
    if (reader.head() == null) {
      reader.close();
    } else {
      readers.add(reader);
    }
  }

  @Override
  public void close() throws IOException {
    for (RunReader reader : readers) {
      reader.close();
    }
  }
}
