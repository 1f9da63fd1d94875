package io.customerpulse.domain.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids from content: the first 128 bits of SHA-256 (FIPS 180-4) over length-prefixed parts, so that
 * a replay computes the same id and no two lists of parts run together.
 */
public final class ContentHash {
  private static final int ID_BYTES = 16;
  private static final byte[] NO_BYTES = {};
  private static final int NULL_LENGTH = -1;

  /** Never fed: each hash begins with a copy of it, in whatever thread. */
  private static final MessageDigest UNUSED_SHA256 = unusedSha256();

  private ContentHash() {}

  /** 32 hexadecimal digits. A null part differs from an empty one. */
  public static String of(String... parts) {
    return HexFormat.of().formatHex(digest(parts), 0, ID_BYTES);
  }

  /** The first 64 bits of the same hash, for where many are kept in little room. */
  public static long number(String... parts) {
    return ByteBuffer.wrap(digest(parts)).getLong();
  }

  /** The same 128 bits as numbers, for where many are kept in little room. */
  public static Fingerprint fingerprint(String... parts) {
    ByteBuffer digest = ByteBuffer.wrap(digest(parts));
    return new Fingerprint(digest.getLong(), digest.getLong());
  }

  /** A number spread evenly over [0, buckets). */
  public static int bucket(int buckets, String... parts) {
    return (int) Long.remainderUnsigned(number(parts), buckets);
  }

  private static byte[] digest(String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int length = parts.length * Integer.BYTES;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i] == null ? NO_BYTES : parts[i].getBytes(StandardCharsets.UTF_8);
      length += encoded[i].length;
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    for (int i = 0; i < parts.length; i++) {
      content.putInt(parts[i] == null ? NULL_LENGTH : encoded[i].length).put(encoded[i]);
    }
    return sha256().digest(content.array());
  }

  private static MessageDigest sha256() {
    try {
      // A copy costs a fraction of the search for a provider.
      return (MessageDigest) UNUSED_SHA256.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this platform can't be copied", e);
    }
  }

  private static MessageDigest unusedSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
