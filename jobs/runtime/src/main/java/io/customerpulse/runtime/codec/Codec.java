package io.customerpulse.runtime.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The binary form of one type, be it a whole value or a part of a larger one. The version stands
 * first and decides how the rest is read.
 */
public abstract class Codec<T> {

  /** The version that is written, from 1. */
  public abstract int version();

  public abstract void write(T value, CompactWriter out) throws IOException;

  /**
   * Reads a value of any version that was ever released.
   *
   * @param version from 1 to {@link #version()}
   */
  public abstract T read(int version, CompactReader in) throws IOException;

  public final void encode(T value, DataOutput out) throws IOException {
    encode(value, new CompactWriter(out));
  }

  /** As a part of a larger value, with a version of its own. */
  public final void encode(T value, CompactWriter out) throws IOException {
    out.oneByte(version());
    write(value, out);
  }

  /** All of one version, which is written once. */
  public final void encodeAll(List<T> values, CompactWriter out) throws IOException {
    out.oneByte(version());
    out.list(values, this::write);
  }

  public final T decode(DataInput in) throws IOException {
    return decode(new CompactReader(in));
  }

  /** What {@link #encode(Object, CompactWriter)} has written. */
  public final T decode(CompactReader in) throws IOException {
    return read(knownVersion(in), in);
  }

  /** What {@link #encodeAll} has written. */
  public final List<T> decodeAll(CompactReader in) throws IOException {
    int version = knownVersion(in);
    return in.list(each -> read(version, each));
  }

  private int knownVersion(CompactReader in) throws IOException {
    int version = in.oneByte();
    if (version < 1 || version > version()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s reads versions 1 to %d, this value has %d: it was written by a newer release",
              getClass().getSimpleName(),
              version(),
              version));
    }
    return version;
  }
}
