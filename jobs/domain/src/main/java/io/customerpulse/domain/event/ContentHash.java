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
  private static final byte[] NULL_LENGTH = {-1, -1, -1, -1};

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
    MessageDigest sha256 = sha256();
    for (String part : parts) {
      if (part == null) {
        sha256.update(NULL_LENGTH);
      } else {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
      }
    }
    return sha256.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
