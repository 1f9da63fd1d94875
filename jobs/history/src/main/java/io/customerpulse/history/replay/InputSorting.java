package io.customerpulse.history.replay;

import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.history.replay.sort.EventTimeOrder;
import io.customerpulse.history.replay.sort.RecordSorter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What every bounded run begins with: its input is put into the order of its event times. */
final class InputSorting {
  /** Of the heap for sorting; the other half of the work, reading, needs little. */
  private static final int SHARE_OF_HEAP = 8;

  private static final long MAX_BYTES = 256L << 20;

  private InputSorting() {}

  /**
   * Sorts.
   *
   * @param asOf what comes later is counted and left out; null: nothing does
   * @param spill an empty folder for what is more than memory holds
   */
  static EventTimeOrder.Result sort(
      List<Path> files,
      Settings settings,
      Instant asOf,
      Path spill,
      EventTimeOrder.OversizedLines oversized,
      Progress progress)
      throws IOException {
    long memoryBytes = Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    TrackingEventReader reader =
        new TrackingEventReader(settings, TrackingRecordReader.phoneHasher(settings));
    return new EventTimeOrder(reader, new RecordSorter(spill, memoryBytes), oversized, asOf)
        .read(
            files,
            records ->
                progress.show(() -> String.format(Locale.ROOT, "Sorting: %,d records", records)));
  }
}
