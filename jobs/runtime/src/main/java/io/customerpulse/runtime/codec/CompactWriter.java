package io.customerpulse.runtime.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the parts of one value in little space: numbers with as many bytes as they need, instants
 * as the distance from the instant written before, hexadecimal ids in half their length. {@link
 * CompactReader} reads the same parts in the same order.
 */
public final class CompactWriter {

  /** Writes one part of a list. */
  @FunctionalInterface
  public interface Part<T> {
    void write(T part, CompactWriter out) throws IOException;
  }

  /** Below this length packing wins nothing. */
  private static final int SHORTEST_PACKED = 4;

  private final DataOutput out;
  private long previousMillis;

  CompactWriter(DataOutput out) {
    this.out = out;
  }

  public void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  public void oneByte(int value) throws IOException {
    out.writeByte(value);
  }

  /** A number that is rarely negative, seven bits to the byte. */
  public void count(long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** A number that is evenly spread, such as a hash. */
  public void long64(long value) throws IOException {
    out.writeLong(value);
  }

  /** A number of either sign. */
  public void number(long value) throws IOException {
    count(zigZag(value));
  }

  public void numberOrNull(Number value) throws IOException {
    flag(value != null);
    if (value != null) {
      number(value.longValue());
    }
  }

  public void decimal(double value) throws IOException {
    out.writeDouble(value);
  }

  /** An instant with millisecond precision, or null. */
  public void instant(Instant value) throws IOException {
    if (value == null) {
      count(0);
      return;
    }
    long millis = value.toEpochMilli();
    count(zigZag(millis - previousMillis) + 1);
    previousMillis = millis;
  }

  /** A text, or null. */
  public void text(String value) throws IOException {
    if (value == null) {
      count(0);
      return;
    }
    int form = TextForm.of(value);
    int length = value.length();
    switch (form) {
      case TextForm.HEX -> {
        header(length / 2, form);
        for (int i = 0; i < length; i += 2) {
          int high = Character.digit(value.charAt(i), 16);
          out.writeByte((high << 4) | Character.digit(value.charAt(i + 1), 16));
        }
      }
      case TextForm.UTF_16 -> {
        header(length, form);
        out.writeChars(value);
      }
      default -> {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        header(bytes.length, form);
        out.write(bytes);
      }
    }
  }

  private void header(int length, int form) throws IOException {
    count((((long) length << 2) | form) + 1);
  }

  public void bytes(byte[] value) throws IOException {
    count(value.length);
    out.write(value);
  }

  public <E extends Enum<E>> void constant(EnumCodes<E> codes, E value) throws IOException {
    out.writeByte(codes.codeOf(value));
  }

  public <T> void list(List<T> parts, Part<T> part) throws IOException {
    count(parts.size());
    for (T each : parts) {
      part.write(each, this);
    }
  }

  /** In the order of the keys, so that equal maps have equal bytes. */
  public <T> void map(Map<String, T> map, Part<T> part) throws IOException {
    count(map.size());
    Map<String, T> sorted = map.size() < 2 ? map : new TreeMap<>(map);
    for (Map.Entry<String, T> entry : sorted.entrySet()) {
      text(entry.getKey());
      part.write(entry.getValue(), this);
    }
  }

  /** An attribute's value: String, Long, Double, Boolean or null. */
  public void scalar(Object value) throws IOException {
    if (value == null) {
      oneByte(Scalar.NULL);
    } else if (value instanceof String text) {
      oneByte(Scalar.TEXT);
      text(text);
    } else if (value instanceof Long number) {
      oneByte(Scalar.NUMBER);
      number(number);
    } else if (value instanceof Double decimal) {
      oneByte(Scalar.DECIMAL);
      decimal(decimal);
    } else if (value instanceof Boolean bool) {
      oneByte(bool ? Scalar.TRUE : Scalar.FALSE);
    } else {
      throw new IOException("No attribute has values of " + value.getClass());
    }
  }

  private static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** How the characters of a text are written. */
  static final class TextForm {
    static final int UTF_8 = 0;

    /** Lower-case hexadecimal digits, two to the byte. */
    static final int HEX = 1;

    /** For broken surrogate pairs, which UTF-8 would replace: keys must come back as they were. */
    static final int UTF_16 = 2;

    private TextForm() {}

    static int of(String text) {
      int length = text.length();
      boolean hex = length >= SHORTEST_PACKED && (length & 1) == 0;
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        hex = hex && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (Character.isSurrogate(c)) {
          boolean paired =
              Character.isHighSurrogate(c)
                  && i + 1 < length
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (!paired) {
            return UTF_16;
          }
          i++;
        }
      }
      return hex ? HEX : UTF_8;
    }
  }

  /** The kinds of attribute values. */
  static final class Scalar {
    static final int NULL = 0;
    static final int TEXT = 1;
    static final int NUMBER = 2;
    static final int DECIMAL = 3;
    static final int FALSE = 4;
    static final int TRUE = 5;

    private Scalar() {}
  }
}
