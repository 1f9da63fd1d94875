package io.customerpulse.domain.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A phone number → its hash: HMAC-SHA256 of the E.164 form (+8613800138000) under a secret key, in
 * hexadecimal. Without the key, trying all numbers would find the phone.
 *
 * <p>Not thread-safe.
 */
public final class PhoneHasher {
  /** A shorter key could be found by trial as the phones could. */
  public static final int MIN_KEY_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /**
   * A hasher under a key.
   *
   * @param key at least {@value #MIN_KEY_BYTES} bytes; copied
   * @throws IllegalArgumentException where the key is shorter
   */
  public PhoneHasher(byte[] key) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key for phone hashes has "
              + key.length
              + " bytes; at least "
              + MIN_KEY_BYTES
              + " are needed");
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** The hash of a number in its E.164 form. */
  public String hash(String e164) {
    return HexFormat.of().formatHex(mac.doFinal(e164.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A keyed hash of any text, which differs from that of every phone number. */
  String keyed(String text) {
    return HexFormat.of().formatHex(mac.doFinal(("text:" + text).getBytes(StandardCharsets.UTF_8)));
  }
}
