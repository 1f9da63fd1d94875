package io.customerpulse.history.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines of text to a stream that somebody else may read or close, or that may end at any moment: it
 * is given whole lines only.
 */
final class WholeLines {
  /**
   * What every system writes to a pipe as a whole or not at all is at least 512; Linux has this.
   */
  private static final int MAX_BYTES = 4096;

  private final OutputStream out;
  private final byte[] waiting = new byte[MAX_BYTES];
  private int length;

  WholeLines(OutputStream out) {
    this.out = out;
  }

  void write(String line) throws IOException {
    byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
    if (length + bytes.length > MAX_BYTES) {
      flush();
    }
    if (bytes.length > MAX_BYTES) {
      write(bytes, bytes.length);
    } else {
      System.arraycopy(bytes, 0, waiting, length, bytes.length);
      length += bytes.length;
    }
  }

  /** Hands over the lines that wait to be many. */
  void flush() throws IOException {
    write(waiting, length);
    length = 0;
  }

  private void write(byte[] bytes, int count) throws IOException {
    try {
      out.write(bytes, 0, count);
      out.flush();
    } catch (IOException e) {
      throw new IOException("standard output: " + e.getMessage(), e);
    }
  }
}
