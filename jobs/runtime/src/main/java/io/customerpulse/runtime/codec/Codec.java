package io.customerpulse.runtime.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/** The binary form of one type. The version stands first and decides how the rest is read. */
public abstract class Codec<T> {

  /** The version that is written, from 1. */
  public abstract int version();

  public abstract void write(T value, CompactWriter out) throws IOException;

  /**
   * Reads a value of any version that was ever released.
   *
   * @throws IOException of {@link #unknown(int)} for another version
   */
  public abstract T read(int version, CompactReader in) throws IOException;

  public final void encode(T value, DataOutput out) throws IOException {
    out.writeByte(version());
    write(value, new CompactWriter(out));
  }

  public final T decode(DataInput in) throws IOException {
    return read(in.readUnsignedByte(), new CompactReader(in));
  }

  public final IOException unknown(int version) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s reads versions 1 to %d, this value has %d: it was written by a newer release",
            getClass().getSimpleName(),
            version(),
            version));
  }
}
