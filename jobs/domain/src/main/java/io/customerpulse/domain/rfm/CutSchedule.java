package io.customerpulse.domain.rfm;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * When cuts are taken: at each midnight of the tenant, and at the end of a bounded run.
 *
 * @param zone the tenant's
 * @param end of a bounded run; null in a run without end
 */
public record CutSchedule(ZoneId zone, Instant end) {

  /** So long every subtask has to learn of new cuts before decisions use them. */
  public static final Duration EFFECTIVE_AFTER = Duration.ofHours(1);

  /** Cuts are taken back so many days after they were taken. */
  public static final int KEPT_DAYS = 35;

  /**
   * The first snapshot at an instant or after it: the one that sees what happens at the instant.
   */
  public Instant atOrAfter(Instant at) {
    return isMidnight(at) || at.equals(end) ? at : after(at);
  }

  /** The first snapshot after an instant. */
  public Instant after(Instant at) {
    Instant midnight = LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    return end != null && end.isAfter(at) && end.isBefore(midnight) ? end : midnight;
  }

  /** What tells the cuts of a snapshot from others: the day that began, or the end of the run. */
  public String version(Instant takenAt) {
    return isMidnight(takenAt) ? LocalDate.ofInstant(takenAt, zone).toString() : takenAt.toString();
  }

  /**
   * The version of the midnight that is so long past at a snapshot that its cuts are taken back.
   */
  String versionGivenUp(Instant takenAt) {
    return LocalDate.ofInstant(takenAt, zone).minusDays(KEPT_DAYS).toString();
  }

  /** Of all cuts that were taken of a tenant, those that the last snapshot has left standing. */
  public List<CutPoints> standing(List<CutPoints> taken) {
    if (taken.isEmpty()) {
      return List.of();
    }
    Instant last = taken.stream().map(CutPoints::takenAt).max(Instant::compareTo).orElseThrow();
    LocalDate givenUp = LocalDate.ofInstant(last, zone).minusDays(KEPT_DAYS);
    return taken.stream()
        .filter(points -> LocalDate.ofInstant(points.takenAt(), zone).isAfter(givenUp))
        .toList();
  }

  /** From when on decisions use the cuts of a snapshot. */
  public static Instant effectiveAt(Instant takenAt) {
    return takenAt.plus(EFFECTIVE_AFTER);
  }

  private boolean isMidnight(Instant at) {
    return LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant().equals(at);
  }
}
