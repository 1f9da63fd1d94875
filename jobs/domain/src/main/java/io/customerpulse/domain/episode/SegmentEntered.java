package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.rfm.Segments;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * A segment that begins. Judged at the customer's own events and daily, when new cuts take effect;
 * opens with the segment, closes when it is left. Its scope is the customer.
 *
 * <p>Only where there are such rules is the segment remembered, and only there does a customer wake
 * daily: a population that moves changes nobody's state.
 */
final class SegmentEntered implements EpisodeKind {
  /** Cuts take effect so long after the midnight they were taken at. */
  private static final Duration CUTS_TAKE_EFFECT = Duration.ofHours(1);

  /** The lowest scores there are: without an order in the window nothing changes them again. */
  private static final int LOWEST = 111;

  @Override
  public boolean concerns(CustomerChange change) {
    return true;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    Instant left = change.late() ? change.event().eventTime() : change.at();
    judge(rules, change.event(), change.first(), left, change.at(), subject, episodes);
  }

  @Override
  public Instant nextAt(List<Rule> rules, Subject subject, Episodes episodes) {
    int segment = episodes.segment();
    Instant now = subject.processedUpTo();
    boolean settled = segment == LOWEST && !subject.hasOrderInWindow(now);
    if (segment == 0 || segment == EpisodeBook.PROSPECT || settled) {
      return null;
    }
    LocalDate today = LocalDate.ofInstant(now, subject.zone());
    Instant next = judgedAt(today, subject);
    return next.isAfter(now) ? next : judgedAt(today.plusDays(1), subject);
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, Subject subject, Episodes episodes) {
    if (episodes.segment() != 0
        && now.equals(judgedAt(LocalDate.ofInstant(now, subject.zone()), subject))) {
      judge(rules, null, false, now, now, subject, episodes);
    }
  }

  private static Instant judgedAt(LocalDate day, Subject subject) {
    return day.atStartOfDay(subject.zone()).toInstant().plus(CUTS_TAKE_EFFECT);
  }

  private static void judge(
      List<Rule> rules,
      BehaviorEvent by,
      boolean first,
      Instant leftAt,
      Instant now,
      Subject subject,
      Episodes episodes) {
    int before = episodes.segment();
    int after = rules.isEmpty() ? 0 : place(subject, now);
    if (before == after) {
      return;
    }
    episodes.segment(after);
    if (before == 0 && !first) {
      // Nobody has looked so far: nothing is known to begin.
      return;
    }
    episodes.exit(
        new Exit(
            TriggerKind.SEGMENT_ENTERED,
            leftAt,
            TriggerReason.SEGMENT_LEFT,
            (rule, episode) -> isLeft(rule, before, after, subject),
            (rule, fire) ->
                isLeft(rule, before, after, subject)
                    && segments(rule).contains(name(rule, before, subject))));
    for (Rule rule : rules) {
      String entered = name(rule, after, subject);
      if (segments(rule).contains(entered) && isLeft(rule, before, after, subject)) {
        episodes.open(rule, Episode.CUSTOMER_SCOPE, by, now);
      }
    }
  }

  private static boolean isLeft(Rule rule, int before, int after, Subject subject) {
    return before == 0 || !name(rule, before, subject).equals(name(rule, after, subject));
  }

  /** What a rule calls the segment: by the 25 cells or by the Chinese eight. */
  private static String name(Rule rule, int place, Subject subject) {
    Scores scores =
        place < LOWEST ? null : new Scores(place / 100, place / 10 % 10, place % 10, null);
    boolean buyer = place != EpisodeBook.PROSPECT;
    Segments segments = subject.segments();
    SegmentNames names = segments.names();
    for (String name : segments(rule)) {
      if (names.byHigh().contains(name)
          || name.equals(names.prospectZh())
          || name.equals(names.unscoredZh())) {
        return segments.segmentZh(scores, buyer);
      }
    }
    return segments.segment(scores, buyer);
  }

  private static Set<String> segments(Rule rule) {
    return ((Occasion.SegmentEntered) rule.occasion()).segments();
  }

  private static int place(Subject subject, Instant now) {
    Scores scores = subject.scoresAt(now);
    if (scores == null) {
      return subject.lastOrderAt() == null ? EpisodeBook.PROSPECT : EpisodeBook.UNSCORED;
    }
    return scores.r() * 100 + scores.f() * 10 + scores.m();
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now).daysSilent(subject, now).build();
  }
}
