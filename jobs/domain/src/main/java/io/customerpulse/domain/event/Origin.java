package io.customerpulse.domain.event;

import java.util.Arrays;

/** Where a record was read and what stood there, kept until it is known that it is accepted. */
public final class Origin {
  private static final byte[] NO_BYTES = {};

  private final String source;
  private final long position;
  private final byte[] raw;

  /**
   * @param source a file's name, or topic-partition
   * @param position the line from 1, or the offset
   * @param raw the record as read; not copied, never changed; null for a record without a value,
   *     which is kept as one of no bytes
   */
  public Origin(String source, long position, byte[] raw) {
    this.source = source;
    this.position = position;
    this.raw = raw == null ? NO_BYTES : raw;
  }

  public String source() {
    return source;
  }

  public long position() {
    return position;
  }

  public byte[] raw() {
    return raw;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin that
        && position == that.position
        && source.equals(that.source)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return source.hashCode() * 31 + Long.hashCode(position);
  }

  @Override
  public String toString() {
    return source + '@' + position;
  }
}
