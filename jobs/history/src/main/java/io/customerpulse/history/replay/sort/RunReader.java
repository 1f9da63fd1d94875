package io.customerpulse.history.replay.sort;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what a {@link RunWriter} wrote, always one record ahead. */
final class RunReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 128 << 10;

  private final DataInputStream in;
  private TimedRecord head;

  RunReader(Path file) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    advance();
  }

  /** The record that comes next; null at the end. */
  TimedRecord head() {
    return head;
  }

  void advance() throws IOException {
    long timeMillis;
    try {
      timeMillis = in.readLong();
    } catch (EOFException e) {
      head = null;
      return;
    }
    int file = in.readInt();
    long line = in.readLong();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    head = new TimedRecord(timeMillis, file, line, bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
