package io.customerpulse.domain.rule;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

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
   * (daylight saving), the moment of the skip; where it shows it twice, the first that is to come.
   */
  public Instant endAfter(Instant instant, ZoneId zone) {
    LocalDateTime end = LocalDateTime.ofInstant(instant, zone).toLocalDate().atTime(to);
    Instant today = firstAfter(instant, end, zone);
    return today == null ? firstAfter(instant, end.plusDays(1), zone) : today;
  }

  /** The first moment after an instant at which the clock shows a time; null if it has gone by. */
  private static Instant firstAfter(Instant instant, LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(time);
    if (transition != null && transition.isGap()) {
      return transition.getInstant().isAfter(instant) ? transition.getInstant() : null;
    }
    for (ZoneOffset offset : zone.getRules().getValidOffsets(time)) {
      Instant moment = time.toInstant(offset);
      if (moment.isAfter(instant)) {
        return moment;
      }
    }
    return null;
  }
}
