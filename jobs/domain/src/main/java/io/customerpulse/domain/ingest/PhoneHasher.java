package io.customerpulse.domain.ingest;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A phone number → its hash: HMAC-SHA256 of the E.164 form (+8613800138000) under a secret key, in
 * hexadecimal. Without the key, trying all numbers would find the phone. A number without a country
 * code is taken for one of mainland China.
 *
 * <p>Not thread-safe.
 */
public final class PhoneHasher {
  /** A shorter key could be found by trial as the phones could. */
  public static final int MIN_KEY_BYTES = 16;

  private static final String DEFAULT_REGION = "CN";
  private static final int MAX_PHONE = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

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

  /** The hash, or empty where the text is no phone number that could exist. */
  public Optional<String> hash(String phone) {
    if (phone.length() > MAX_PHONE) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = numbers.parse(phone, DEFAULT_REGION);
      // Possible, not valid: new ranges are given out faster than libraries are updated.
      if (!numbers.isPossibleNumber(number)) {
        return Optional.empty();
      }
      String e164 = numbers.format(number, PhoneNumberFormat.E164);
      return Optional.of(
          HexFormat.of().formatHex(mac.doFinal(e164.getBytes(StandardCharsets.US_ASCII))));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** A keyed hash of any text, which differs from that of every phone number. */
  String keyed(String text) {
    return HexFormat.of().formatHex(mac.doFinal(("text:" + text).getBytes(StandardCharsets.UTF_8)));
  }
}
