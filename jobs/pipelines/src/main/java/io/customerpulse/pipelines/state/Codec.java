package io.customerpulse.pipelines.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/** The binary form of one type. The version stands first and decides how the rest is read. */
abstract class Codec<T> {

  /** The version that is written, from 1. */
  abstract int version();

  abstract void write(T value, CompactWriter out) throws IOException;

  /**
   * Reads a value of any version that was ever released.
   *
   * @throws IOException of {@link #unknown(int)} for another version
   */
  abstract T read(int version, CompactReader in) throws IOException;

  final void encode(T value, DataOutput out) throws IOException {
    out.writeByte(version());
    write(value, new CompactWriter(out));
  }

  final T decode(DataInput in) throws IOException {
    return read(in.readUnsignedByte(), new CompactReader(in));
  }

  final IOException unknown(int version) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s reads versions 1 to %d, this value has %d: it was written by a newer release",
            getClass().getSimpleName(),
            version(),
            version));
  }
}
