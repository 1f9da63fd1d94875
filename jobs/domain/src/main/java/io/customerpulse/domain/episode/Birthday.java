package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;

/**
 * The customer's birthday. Opens as the day begins in the tenant's zone, or when the birthday is
 * learnt on the day itself; closes as the day ends. Who was born on a 29 February has it on the
 * 28th in common years. Its scope is the year.
 */
final class Birthday implements EpisodeKind {
  /** Calendar days between two birthdays at least, whatever the customer says meanwhile. */
  static final int DAYS_BETWEEN = 365;

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().payload() instanceof Profile;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes) {
    onTime(rules, change.at(), subject, episodes);
  }

  @Override
  public Instant nextAt(List<Rule> rules, Subject subject, Episodes episodes) {
    MonthDay birthday = subject.birthday();
    if (birthday == null) {
      return null;
    }
    Instant now = subject.processedUpTo();
    LocalDate today = LocalDate.ofInstant(now, subject.zone());
    LocalDate next = nextFrom(today, birthday);
    if (next.isAfter(today)) {
      return startOf(next, subject);
    }
    boolean opens = rules.stream().anyMatch(rule -> opens(rule, today, now, subject, episodes));
    return opens ? now : startOf(nextFrom(today.plusDays(1), birthday), subject);
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, Subject subject, Episodes episodes) {
    MonthDay birthday = subject.birthday();
    LocalDate today = LocalDate.ofInstant(now, subject.zone());
    if (birthday == null || !birthday.atYear(today.getYear()).equals(today)) {
      return;
    }
    for (Rule rule : rules) {
      if (opens(rule, today, now, subject, episodes)) {
        episodes.openForBirthday(
            rule, today, startOf(today, subject), begins(rule, today, subject), now);
      }
    }
  }

  private static LocalDate nextFrom(LocalDate day, MonthDay birthday) {
    LocalDate thisYear = birthday.atYear(day.getYear());
    return thisYear.isBefore(day) ? birthday.atYear(day.getYear() + 1) : thisYear;
  }

  /** Whether a rule opens its episode now: on the day, once, while a step is still to come. */
  private static boolean opens(
      Rule rule, LocalDate today, Instant now, Subject subject, Episodes episodes) {
    LocalDate last = episodes.lastBirthday(rule);
    Duration lastStep = rule.steps().get(rule.steps().size() - 1);
    return (last == null || !last.plusDays(DAYS_BETWEEN).isAfter(today))
        && !begins(rule, today, subject).plus(lastStep).isBefore(now)
        && episodes.opensAt(rule, startOf(today, subject));
  }

  private static Instant startOf(LocalDate day, Subject subject) {
    return day.atStartOfDay(subject.zone()).toInstant();
  }

  /** The instant from which the steps are counted. */
  private static Instant begins(Rule rule, LocalDate day, Subject subject) {
    Occasion.Birthday occasion = (Occasion.Birthday) rule.occasion();
    return day.atTime(occasion.at()).atZone(subject.zone()).toInstant();
  }

  @Override
  public Instant closesAt(Episode episode, Subject subject) {
    return startOf(LocalDate.ofInstant(episode.openedAt(), subject.zone()).plusDays(1), subject);
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now) {
    return Evidences.ofCustomer(episode, subject, now).daysSilent(subject, now).build();
  }
}
