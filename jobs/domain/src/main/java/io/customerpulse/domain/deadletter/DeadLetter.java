package io.customerpulse.domain.deadletter;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventJson;
import io.customerpulse.domain.event.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A record that could not be taken, with what is needed to find, mend and send it again. What looks
 * like a phone number is masked in every field.
 *
 * @param message one sentence for a person: what is wrong and what is allowed, at most {@value
 *     #MAX_MESSAGE} characters
 * @param raw the record, or its event as {@link EventJson}; whole up to {@value #MAX_WHOLE_BYTES}
 *     bytes, of a larger one the first {@value #CUT_BYTES}
 * @param rawForm which of the two
 * @param rawEncoding null where {@code raw} is the record's own text; {@value #BASE64} where the
 *     record isn't valid UTF-8
 * @param rawLength bytes of the whole record as read, or of the whole event
 * @param rawSha256 SHA-256 of the whole record or event, hexadecimal; of the masked one where
 *     something was masked, because the hash of the original would let the masked digits be found
 *     by trial
 * @param source a file's name, or topic-partition
 * @param position the line from 1, or the offset
 */
public record DeadLetter(
    DeadLetterCode code,
    String message,
    String raw,
    RawForm rawForm,
    String rawEncoding,
    int rawLength,
    String rawSha256,
    String source,
    long position) {

  public static final String BASE64 = "base64";

  /** A record up to this size is kept whole. */
  public static final int MAX_WHOLE_BYTES = 1 << 20;

  /** What is kept of a larger record. */
  public static final int CUT_BYTES = 64 << 10;

  static final int MAX_MESSAGE = 500;

  /** The dead letter of a record as it was read. */
  public static DeadLetter of(Origin origin, byte[] record, DeadLetterCode code, String message) {
    String text = decodeOrNull(record);
    return text != null
        ? ofText(origin, text, record, code, message)
        : ofBinary(origin, record, code, message);
  }

  /** The dead letter of an event that was read and then can't be taken. */
  public static DeadLetter of(BehaviorEvent event, DeadLetterCode code, String message) {
    String masked = PhoneMask.maskRecord(EventJson.of(event));
    byte[] bytes = masked.getBytes(StandardCharsets.UTF_8);
    return letter(
        event.origin(),
        code,
        message,
        whole(masked, bytes),
        RawForm.EVENT,
        null,
        bytes.length,
        bytes);
  }

  private static DeadLetter ofText(
      Origin origin, String text, byte[] record, DeadLetterCode code, String message) {
    String masked = PhoneMask.maskRecord(text);
    byte[] bytes = masked.equals(text) ? record : masked.getBytes(StandardCharsets.UTF_8);
    return letter(
        origin, code, message, whole(masked, bytes), RawForm.RECORD, null, record.length, bytes);
  }

  private static DeadLetter ofBinary(
      Origin origin, byte[] record, DeadLetterCode code, String message) {
    // Latin-1 gives every byte one character: digits are masked without touching the broken bytes.
    String text = new String(record, StandardCharsets.ISO_8859_1);
    byte[] bytes = PhoneMask.maskRecord(text).getBytes(StandardCharsets.ISO_8859_1);
    byte[] kept = bytes.length <= MAX_WHOLE_BYTES ? bytes : Arrays.copyOf(bytes, CUT_BYTES);
    String encoded = Base64.getEncoder().encodeToString(kept);
    return letter(origin, code, message, encoded, RawForm.RECORD, BASE64, record.length, bytes);
  }

  private static DeadLetter letter(
      Origin origin,
      DeadLetterCode code,
      String message,
      String kept,
      RawForm form,
      String encoding,
      int length,
      byte[] masked) {
    return new DeadLetter(
        code,
        presentable(message),
        kept,
        form,
        encoding,
        length,
        sha256(masked),
        origin.source(),
        origin.position());
  }

  /** The text, or its first characters where it is too large; these are its bytes. */
  private static String whole(String text, byte[] utf8) {
    return utf8.length <= MAX_WHOLE_BYTES
        ? text
        : new String(utf8, 0, wholeCharacters(utf8), StandardCharsets.UTF_8);
  }

  private static String presentable(String message) {
    String masked = PhoneMask.maskNumbers(message);
    String cut = masked.length() <= MAX_MESSAGE ? masked : masked.substring(0, MAX_MESSAGE);
    // A cut, here or in a quoted value, may have left half a character, which no writer takes.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int wholeCharacters(byte[] utf8) {
    int end = CUT_BYTES;
    while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static String decodeOrNull(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
