package io.customerpulse.history.convert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * How a log writes times: {@code epoch_seconds}, {@code epoch_millis}, {@code iso} or a pattern of
 * {@link DateTimeFormatter}. Impossible dates are refused, not moved.
 */
final class TimeFormat {
  /** The events of no shop are older; such a time is a damaged one. */
  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

  private static final String EPOCH_SECONDS = "epoch_seconds";
  private static final String EPOCH_MILLIS = "epoch_millis";
  private static final String ISO = "iso";

  private final String format;
  private final ZoneId zone;
  private final DateTimeFormatter formatter;

  /**
   * Prepares to read times.
   *
   * @param zone for texts that name none
   * @throws IllegalArgumentException if the format is none
   */
  TimeFormat(String format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
    this.formatter =
        switch (format) {
          case EPOCH_SECONDS, EPOCH_MILLIS -> null;
          case ISO -> DateTimeFormatter.ISO_DATE_TIME.withZone(zone);
          default ->
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .appendPattern(format)
                  .parseDefaulting(ChronoField.ERA, 1)
                  .toFormatter(Locale.ENGLISH)
                  .withResolverStyle(ResolverStyle.STRICT)
                  .withZone(zone);
        };
  }

  Instant read(String column, String text) throws RowRefusedException {
    Instant instant;
    try {
      instant = parse(text).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException | NumberFormatException e) {
      throw RowRefusedException.cell(column, text, format);
    }
    if (instant.isBefore(EARLIEST)) {
      throw RowRefusedException.cell(column, text, "times from 1990-01-01");
    }
    return instant;
  }

  private Instant parse(String text) {
    return switch (format) {
      case EPOCH_SECONDS -> Instant.ofEpochSecond(Long.parseLong(text));
      case EPOCH_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
      default -> {
        TemporalAccessor time =
            formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        yield time instanceof LocalDate date
            ? date.atStartOfDay(zone).toInstant()
            : Instant.from(time);
      }
    };
  }
}
