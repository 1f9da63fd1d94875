package io.customerpulse.domain.oracle;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Ids and shares from content: SHA-256 over what they stand for, each part behind its length in
 * bytes, four of them, the highest first.
 */
final class NaiveIds {
  private NaiveIds() {}

  /** The first 128 bits, as 32 hexadecimal digits. */
  static String id(String... parts) {
    return HexFormat.of().formatHex(Arrays.copyOf(sha256(parts), 16));
  }

  /** The place among 10,000 that a customer has for a rule: the first 64 bits, divided. */
  static int place(String... parts) {
    byte[] first = Arrays.copyOf(sha256(parts), 8);
    return new BigInteger(1, first).mod(BigInteger.valueOf(10_000)).intValueExact();
  }

  private static byte[] sha256(String... parts) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(written)) {
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      return MessageDigest.getInstance("SHA-256").digest(written.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
