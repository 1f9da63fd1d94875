package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.kind.SegmentEntered;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Opens when a segment begins, closes when it is left. It is looked at with every event of the
 * customer and an hour after each local midnight, when new cuts take effect.
 */
final class NaiveSegmentEntered extends NaiveKind {
  private static final Duration CUTS_TAKE = Duration.ofHours(1);

  private final int high;

  /** As it was when it was last looked at; null before the first time. */
  private String segment;

  NaiveSegmentEntered(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.SEGMENT_ENTERED, rule, customer, episodes);
    high = episodes.settings().rfm().high();
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    look(event.eventTime(), event);
  }

  @Override
  List<Instant> moments(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, customer.zone());
    return List.of(cutsOf(today), cutsOf(today.plusDays(1)));
  }

  private Instant cutsOf(LocalDate day) {
    return day.atStartOfDay(customer.zone()).toInstant().plus(CUTS_TAKE);
  }

  @Override
  void onTime(Instant now) {
    if (now.equals(cutsOf(LocalDate.ofInstant(now, customer.zone())))) {
      look(now, null);
    }
  }

  private void look(Instant now, BehaviorEvent event) {
    Scores scores = customer.scoresAt(now);
    boolean zh = rule.get(SegmentEntered.SEGMENTS).stream().anyMatch(name -> name.charAt(0) > 'z');
    String present = zh ? NaiveProfile.segmentZh(scores, high) : NaiveProfile.segment(scores);
    if (present.equals(segment)) {
      return;
    }
    segment = present;
    close(CUSTOMER_SCOPE);
    if (!rule.get(SegmentEntered.SEGMENTS).contains(present)) {
      return;
    }
    if (event == null) {
      openByTime(CUSTOMER_SCOPE, now);
    } else {
      openByEvent(CUSTOMER_SCOPE, event);
    }
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    return evidenceOfCustomer(episode, now);
  }
}
