package io.customerpulse.runtime.codec;

import io.customerpulse.runtime.codec.CompactWriter.Scalar;
import io.customerpulse.runtime.codec.CompactWriter.TextForm;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link CompactWriter} has written. */
public final class CompactReader {

  /** Reads one part of a list. */
  @FunctionalInterface
  public interface Part<T> {
    T read(CompactReader in) throws IOException;
  }

  private final DataInput in;
  private long previousMillis;

  CompactReader(DataInput in) {
    this.in = in;
  }

  public boolean flag() throws IOException {
    return in.readBoolean();
  }

  public int oneByte() throws IOException {
    return in.readUnsignedByte();
  }

  public long count() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long next = in.readByte();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A number of more than 64 bits");
  }

  public int size() throws IOException {
    return Math.toIntExact(count());
  }

  public long long64() throws IOException {
    return in.readLong();
  }

  public long number() throws IOException {
    return unZigZag(count());
  }

  public Long numberOrNull() throws IOException {
    return flag() ? (Long) number() : null;
  }

  public Integer intOrNull() throws IOException {
    return flag() ? (Integer) Math.toIntExact(number()) : null;
  }

  public double decimal() throws IOException {
    return in.readDouble();
  }

  public Instant instant() throws IOException {
    long code = count();
    if (code == 0) {
      return null;
    }
    previousMillis += unZigZag(code - 1);
    return Instant.ofEpochMilli(previousMillis);
  }

  public String text() throws IOException {
    long header = count();
    if (header == 0) {
      return null;
    }
    int length = (int) ((header - 1) >>> 2);
    int form = (int) ((header - 1) & 3);
    return switch (form) {
      case TextForm.UTF_8 -> new String(read(length), StandardCharsets.UTF_8);
      case TextForm.HEX -> HexFormat.of().formatHex(read(length));
      case TextForm.UTF_16 -> chars(length);
      default -> throw new IOException("No text has form " + form);
    };
  }

  /** Not by a decoder, which would replace the broken pairs that these are written for. */
  private String chars(int length) throws IOException {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = in.readChar();
    }
    return new String(chars);
  }

  public byte[] bytes() throws IOException {
    return read(size());
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  public <E extends Enum<E>> E constant(EnumCodes<E> codes) throws IOException {
    return codes.constantOf(oneByte());
  }

  public <T> List<T> list(Part<T> part) throws IOException {
    int size = size();
    if (size == 0) {
      return List.of();
    }
    List<T> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      parts.add(part.read(this));
    }
    return Collections.unmodifiableList(parts);
  }

  /** Iterates in the order of the keys. */
  public <T> Map<String, T> map(Part<T> part) throws IOException {
    int size = size();
    if (size == 0) {
      return Map.of();
    }
    Map<String, T> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(text(), part.read(this));
    }
    return Collections.unmodifiableMap(map);
  }

  public Object scalar() throws IOException {
    int kind = oneByte();
    return switch (kind) {
      case Scalar.NULL -> null;
      case Scalar.TEXT -> text();
      case Scalar.NUMBER -> number();
      case Scalar.DECIMAL -> decimal();
      case Scalar.FALSE -> false;
      case Scalar.TRUE -> true;
      default -> throw new IOException("No attribute value has kind " + kind);
    };
  }

  private static long unZigZag(long code) {
    return (code >>> 1) ^ -(code & 1);
  }
}
