package io.customerpulse.history.replay.sort;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a sorted run: per record its time (8 bytes), file (4), line (8), length (4) and bytes. Not
 * compressed: a run is written and read once, and the disk is faster than any packing would be.
 */
final class RunWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final DataOutputStream out;

  RunWriter(Path file) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
  }

  void write(TimedRecord record) throws IOException {
    out.writeLong(record.timeMillis());
    out.writeInt(record.file());
    out.writeLong(record.line());
    out.writeInt(record.bytes().length);
    out.write(record.bytes());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
