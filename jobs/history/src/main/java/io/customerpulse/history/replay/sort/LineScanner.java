package io.customerpulse.history.replay.sort;

import io.customerpulse.domain.deadletter.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Lines of bytes, which end with \n or \r\n or with the file. However long a line is, no more than
 * {@value #MAX_WHOLE_BYTES} bytes of it are held.
 */
public final class LineScanner implements AutoCloseable {
  /** A line up to this size is read whole; far above what a record may have. */
  public static final int MAX_WHOLE_BYTES = 8 << 20;

  /** What is kept of a longer line. */
  public static final int CUT_BYTES = DeadLetter.CUT_BYTES;

  private static final int BUFFER_BYTES = 256 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private long number;

  /** Scans a stream, which it closes in the end. */
  public LineScanner(InputStream in) {
    this.in = in;
  }

  /** The next line; null at the end. */
  public InputLine next() throws IOException {
    Line line = null;
    while (start < end || fill()) {
      int lineEnd = indexOfLineEnd();
      boolean complete = lineEnd < end;
      if (line == null && complete) {
        InputLine whole = whole(Arrays.copyOfRange(buffer, start, lineEnd));
        start = lineEnd + 1;
        return whole;
      }
      line = line == null ? new Line() : line;
      line.append(buffer, start, lineEnd - start);
      start = lineEnd + 1;
      if (complete) {
        break;
      }
    }
    return line == null ? null : line.finish();
  }

  private int indexOfLineEnd() {
    int i = start;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private boolean fill() throws IOException {
    start = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private InputLine whole(byte[] bytes) {
    boolean windows = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    byte[] trimmed = windows ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    return new InputLine(++number, trimmed, trimmed.length, null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line that doesn't lie in the buffer as a whole. */
  private final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private MessageDigest digest;
    private long length;

    void append(byte[] from, int offset, int count) {
      length += count;
      if (digest != null) {
        digest.update(from, offset, count);
        return;
      }
      bytes.write(from, offset, count);
      if (bytes.size() > MAX_WHOLE_BYTES + 1) {
        byte[] head = bytes.toByteArray();
        digest = sha256();
        digest.update(head);
        bytes.reset();
        bytes.write(head, 0, CUT_BYTES);
      }
    }

    InputLine finish() {
      return digest == null
          ? whole(bytes.toByteArray())
          : new InputLine(
              ++number, bytes.toByteArray(), length, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
