package io.customerpulse.history.replay;

import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;

/** Broadcast records that are known before a run begins, and word that these are all. */
final class BroadcastRecordsAtStart implements BootstrapSource.Cursor<BroadcastRecord> {
  private final Iterator<BroadcastRecord> broadcastRecords;
  private boolean told;

  BroadcastRecordsAtStart(List<BroadcastRecord> broadcastRecords) {
    this.broadcastRecords = broadcastRecords.iterator();
  }

  @Override
  public boolean emitNext(ReaderOutput<BroadcastRecord> output) {
    if (broadcastRecords.hasNext()) {
      output.collect(broadcastRecords.next());
      return true;
    }
    if (told) {
      return false;
    }
    told = true;
    output.collect(BroadcastRecord.endOfLog());
    return true;
  }

  @Override
  public void close() {}
}
