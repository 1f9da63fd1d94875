package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Opens with the birthday, at most once in 365 days, and closes with the end of that day. */
final class NaiveBirthday extends NaiveKind {
  private static final int ONCE_IN_DAYS = 365;

  NaiveBirthday(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    super(Kinds.BIRTHDAY, rule, customer, episodes);
  }

  @Override
  void onEvent(BehaviorEvent event, NaiveHistory before) {
    if (event.payload() instanceof Profile) {
      celebrate(event.eventTime());
    }
  }

  @Override
  List<Instant> moments(Instant now) {
    LocalDate today = day(now);
    List<Instant> moments = new ArrayList<>();
    if (episodes.all().stream().anyMatch(episode -> episode.live && episode.kind == this)) {
      moments.add(startOf(today.plusDays(1)));
    }
    for (int year = today.getYear(); year <= today.getYear() + 1; year++) {
      LocalDate birthday = birthdayIn(year);
      if (birthday != null) {
        moments.add(startOf(birthday));
      }
    }
    return moments;
  }

  @Override
  void onTime(Instant now) {
    for (NaiveEpisode episode : episodes.all()) {
      episode.live &= episode.kind != this || day(episode.openedAt).equals(day(now));
    }
    celebrate(now);
  }

  /** The day opens it, also where it is told in the middle of the day. */
  private void celebrate(Instant now) {
    LocalDate today = day(now);
    boolean lately =
        episodes.all().stream()
            .filter(episode -> episode.rule.id().equals(rule.id()))
            .map(episode -> day(episode.openedAt))
            .anyMatch(day -> ChronoUnit.DAYS.between(day, today) < ONCE_IN_DAYS);
    boolean ahead =
        rule.steps().stream().anyMatch(step -> !startOfSteps(today).plus(step).isBefore(now));
    if (!today.equals(birthdayIn(today.getYear())) || lately || !ahead) {
      return;
    }
    NaiveEpisode episode = openByTime(Integer.toString(today.getYear()), startOf(today));
    if (episode != null) {
      for (int step = 1; step <= episode.used.length; step++) {
        episode.used[step - 1] = dueAt(episode, step).isBefore(now);
      }
    }
  }

  /** Null where none is known. */
  private LocalDate birthdayIn(int year) {
    String told = customer.history().told(Profile::birthday);
    if (told == null) {
      return null;
    }
    MonthDay monthAndDay = MonthDay.parse("--" + told.substring(told.length() - 5));
    return monthAndDay.isValidYear(year) ? monthAndDay.atYear(year) : LocalDate.of(year, 2, 28);
  }

  private LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, customer.zone());
  }

  private Instant startOf(LocalDate day) {
    return day.atStartOfDay(customer.zone()).toInstant();
  }

  private Instant startOfSteps(LocalDate day) {
    return day.atTime(rule.get(Birthday.AT)).atZone(customer.zone()).toInstant();
  }

  @Override
  Instant dueAt(NaiveEpisode episode, int step) {
    return startOfSteps(day(episode.openedAt)).plus(rule.steps().get(step - 1));
  }

  @Override
  Evidence evidence(NaiveEpisode episode, Instant now) {
    return evidenceOfCustomer(episode, now);
  }
}
