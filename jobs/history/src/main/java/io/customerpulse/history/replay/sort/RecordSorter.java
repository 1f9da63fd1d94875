package io.customerpulse.history.replay.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts more records than memory holds: what fills the memory it may use is sorted and written to a
 * run; the runs are merged while they are read.
 */
public final class RecordSorter {
  /**
   * So many runs of one size become one of the next: every record is rewritten as often as there
   * are sizes, and few files are open at the end.
   */
  static final int RUNS_PER_SIZE = 64;

  private final Path folder;
  private final long memoryBytes;
  private final List<TimedRecord> held = new ArrayList<>();
  private long heldBytes;
  private final List<List<Path>> runsBySize = new ArrayList<>();
  private int written;

  /**
   * A sorter that spills into a folder.
   *
   * @param memoryBytes what it may hold in memory, roughly
   */
  public RecordSorter(Path folder, long memoryBytes) {
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  public void add(TimedRecord record) throws IOException {
    held.add(record);
    heldBytes += record.weight();
    if (heldBytes >= memoryBytes) {
      spill();
    }
  }

  /** Ends the input; the runs that {@link MergedRuns} reads as one. */
  public List<Path> finish() throws IOException {
    spill();
    return runsBySize.stream().flatMap(List::stream).toList();
  }

  private void spill() throws IOException {
    if (held.isEmpty()) {
      return;
    }
    held.sort(TimedRecord.ORDER);
    Path run = nextRun();
    try (RunWriter writer = new RunWriter(run)) {
      for (TimedRecord record : held) {
        writer.write(record);
      }
    }
    held.clear();
    heldBytes = 0;
    keep(run, 0);
  }

  private void keep(Path run, int size) throws IOException {
    if (size == runsBySize.size()) {
      runsBySize.add(new ArrayList<>());
    }
    List<Path> runs = runsBySize.get(size);
    runs.add(run);
    if (runs.size() == RUNS_PER_SIZE) {
      Path whole = merged(runs);
      runs.clear();
      keep(whole, size + 1);
    }
  }

  private Path merged(List<Path> parts) throws IOException {
    Path whole = nextRun();
    try (MergedRuns merge = new MergedRuns(parts);
        RunWriter writer = new RunWriter(whole)) {
      for (TimedRecord record = merge.next(); record != null; record = merge.next()) {
        writer.write(record);
      }
    }
    for (Path part : parts) {
      Files.delete(part);
    }
    return whole;
  }

  private Path nextRun() {
    return folder.resolve("run-" + written++);
  }
}
