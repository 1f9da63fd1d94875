package io.customerpulse.domain.rule;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hours in which nobody is disturbed: [from, to) by the clock on the wall of the tenant's zone,
 * across midnight where {@code to} is the earlier one. Equal ends mean no hour is quiet.
 */
public record QuietHours(LocalTime from, LocalTime to) implements Serializable {

  public boolean contains(Instant instant, ZoneId zone) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    boolean sinceFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isAfter(to) ? sinceFrom || beforeTo : sinceFrom && beforeTo;
  }

  /**
   * The end of the quiet hours that contain an instant. Where the clock skips that time of day
   * (daylight saving), the first moment after the gap.
   */
  public Instant endAfter(Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    ZonedDateTime end = local.toLocalDate().atTime(to).atZone(zone);
    if (!end.toInstant().isAfter(instant)) {
      end = local.toLocalDate().plusDays(1).atTime(to).atZone(zone);
    }
    return end.toInstant();
  }
}
