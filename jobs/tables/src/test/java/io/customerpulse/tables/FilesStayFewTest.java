package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.settings.TablesSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.StreamTableCommit;
import org.apache.paimon.table.sink.StreamTableWrite;
import org.apache.paimon.table.sink.StreamWriteBuilder;
import org.apache.paimon.table.source.DataSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of commits, one an hour, each with some of the customers changed. */
class FilesStayFewTest {
  private static final int COMMITS = 30 * 24;
  private static final int CUSTOMERS = 500;
  private static final int CHANGED = 20;

  /** Sorted runs at which a bucket is compacted, and some that come while it is. */
  private static final int MOST_FILES = 10;

  @TempDir private Path folder;

  @Test
  void aBucketHasFewFilesHoweverOftenItIsWritten() throws Exception {
    // What can be looked back to is counted by the wall's clock, and this month takes seconds.
    TablesSettings settings =
        new TablesSettings(folder.toString(), 1, Duration.ofMillis(1), false, Map.of());
    try (Warehouse warehouse = Warehouse.open(settings)) {
      warehouse.prepare();
      FileStoreTable table = warehouse.table(OutputTable.CUSTOMER_PROFILES);
      int most = 0;
      StreamWriteBuilder builder = table.newStreamWriteBuilder();
      try (StreamTableWrite write = builder.newWrite();
          StreamTableCommit commit = builder.newCommit()) {
        write.withIOManager(
            org.apache.paimon.disk.IOManager.create(folder.resolve("spill").toString()));
        for (int i = 0; i < COMMITS; i++) {
          for (int j = 0; j < CHANGED; j++) {
            write.write(profile(table, (i * 7 + j * 31) % CUSTOMERS));
          }
          List<CommitMessage> messages = write.prepareCommit(false, i);
          commit.commit(i, messages);
          most = Math.max(most, files(table));
        }
      }
      long snapshots = table.snapshotManager().snapshotCount();
      assertThat(most)
          .as("files of the bucket after each of %d commits", COMMITS)
          .isLessThanOrEqualTo(MOST_FILES);
      assertThat(snapshots).as("snapshots").isLessThanOrEqualTo(5);
      assertThat(filesOnDisk()).as("files on disk").isLessThan(150);
    }
  }

  private static GenericRow profile(FileStoreTable table, int customer) {
    GenericRow row = new GenericRow(table.rowType().getFieldCount());
    row.setField(table.rowType().getFieldIndex("tenant_id"), BinaryString.fromString("default"));
    row.setField(
        table.rowType().getFieldIndex("customer_id"), BinaryString.fromString("c" + customer));
    return row;
  }

  private static int files(FileStoreTable table) {
    return table.newSnapshotReader().read().dataSplits().stream()
        .mapToInt((DataSplit split) -> split.dataFiles().size())
        .sum();
  }

  private long filesOnDisk() throws Exception {
    try (var all = java.nio.file.Files.walk(folder)) {
      return all.filter(java.nio.file.Files::isRegularFile).count();
    }
  }
}
