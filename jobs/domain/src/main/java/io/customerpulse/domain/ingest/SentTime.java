package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * A time as a device sent it. The unit of a number shows in its size: from 1990 to 9999 no number
 * of seconds is one of milliseconds, and none of milliseconds one of microseconds. Numbers too
 * small for any of these times are milliseconds, as a clock that was never set shows them.
 *
 * @param instant cut to milliseconds
 * @param isOfTheContract whether it was sent as ISO-8601 with an offset or in whole milliseconds
 */
record SentTime(Instant instant, boolean isOfTheContract) {
  /** 1990-01-01T00:00:00Z: below are milliseconds, from here on seconds. */
  static final long FIRST_SECONDS = 631_152_000L;

  /** From here on milliseconds: those of 1979, the seconds of 11476. */
  static final long FIRST_MILLIS = 300_000_000_000L;

  /** From here on microseconds: those of 1979, the milliseconds of 11476. */
  static final long FIRST_MICROS = 300_000_000_000_000L;

  /** Numbers from here on are no times. */
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);

  /** Below it whole numbers of this size are milliseconds of the contract, as nearly all are. */
  private static final long FIRST_LOCAL_MILLIS = 19_000_101_000_000L;

  private static final BigDecimal FIRST_LOCAL = BigDecimal.valueOf(FIRST_LOCAL_MILLIS);
  private static final BigDecimal LOCAL_LIMIT = new BigDecimal("21000101000000");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The time that a value names, or null where it names none. */
  static SentTime of(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long millis = value.longValue();
      if (millis >= FIRST_MILLIS && millis < FIRST_LOCAL_MILLIS) {
        return new SentTime(Instant.ofEpochMilli(millis), true);
      }
    }
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      return isLocalTime(number) ? null : ofNumber(number);
    }
    return value.isTextual() ? ofText(Characters.strip(value.textValue())) : null;
  }

  private static SentTime ofText(String text) {
    try {
      Instant common = IsoTime.parseCommonForm(text);
      if (common != null) {
        return new SentTime(common, true);
      }
      BigDecimal number = Form.number(text);
      if (number != null) {
        SentTime time = isLocalTime(number) ? null : ofNumber(number);
        return time == null ? null : new SentTime(time.instant(), false);
      }
      return new SentTime(IsoTime.parseOtherForm(text), false);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static SentTime ofNumber(BigDecimal number) {
    if (number.abs().compareTo(LIMIT) >= 0) {
      return null;
    }
    // A fraction too small for its digits to matter could take all memory when it is cut.
    BigDecimal size = number.scale() > JsonRecord.MAX_NUMBER_LENGTH ? BigDecimal.ZERO : number;
    int toMillis = toMillis(size.abs().longValue());
    BigDecimal millis = size.scaleByPowerOfTen(toMillis).setScale(0, RoundingMode.FLOOR);
    return new SentTime(
        Instant.ofEpochMilli(millis.longValue()), toMillis == 0 && Form.isWhole(number));
  }

  /** The power of ten that makes milliseconds of a number. */
  private static int toMillis(long size) {
    if (size >= FIRST_MICROS) {
      return -3;
    }
    return size >= FIRST_SECONDS && size < FIRST_MILLIS ? 3 : 0;
  }

  /** 20240301100000 is the time of day of some zone, not a number of milliseconds. */
  private static boolean isLocalTime(BigDecimal number) {
    if (number.compareTo(FIRST_LOCAL) < 0
        || number.compareTo(LOCAL_LIMIT) >= 0
        || !Form.isWhole(number)) {
      return false;
    }
    try {
      return LocalDateTime.parse(number.toBigInteger().toString(), LOCAL) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The instant alone, whatever form it came in. */
  @Override
  public String toString() {
    return "@" + instant;
  }
}
