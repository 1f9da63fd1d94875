package io.customerpulse.domain.kind;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleKeys;
import io.customerpulse.domain.rule.TriggerCondition;
import io.customerpulse.domain.trigger.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;

/**
 * The customer's birthday. Opens as the day begins in the tenant's zone, or when the birthday is
 * learnt on the day itself; closes as the day ends. Who was born on a 29 February has it on the
 * 28th in common years. Its scope is the year.
 *
 * <p>It remembers, per rule, the last day it has opened an episode for; those of the last year.
 */
public final class Birthday extends EpisodeKind<List<Birthday.Opening>> {
  public static final Key<LocalTime> AT =
      Key.of(
              "at",
              RuleKeys.TIME_OF_DAY,
              LocalTime.of(9, 0),
              "the time of day from which the steps are counted; they must lie on the same day",
              "a time of day")
          .described("`\"09:00\"`", "a time of day");

  /** Calendar days between two birthdays at least, whatever the customer says meanwhile. */
  private static final int DAYS_BETWEEN = 365;

  private static final long serialVersionUID = 1;

  public Birthday() {
    super("birthday", 8, 80);
  }

  /** That a rule has opened its episode for the birthday on a day. */
  public record Opening(String ruleId, LocalDate day) {}

  private enum Form implements MemoryForm<List<Opening>> {
    INSTANCE;

    @Override
    public List<Opening> empty() {
      return List.of();
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(List<Opening> openings, FieldWriter out) throws IOException {
      out.list(
          openings,
          (opening, each) -> {
            each.text(opening.ruleId());
            each.number(opening.day().toEpochDay());
          });
    }

    @Override
    public List<Opening> read(int version, FieldReader in) throws IOException {
      return in.list(each -> new Opening(each.text(), LocalDate.ofEpochDay(each.number())));
    }
  }

  @Override
  public String waitsFor() {
    return "the customer's birthday, in the tenant's zone";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(AT);
  }

  @Override
  protected String problemOf(List<Duration> steps, TriggerCondition condition) {
    LocalTime at = condition.get(AT);
    Duration left = Duration.between(at, LocalTime.MAX);
    return steps.get(steps.size() - 1).compareTo(left) > 0
        ? "reach beyond the day; allowed: offsets from " + at + " within it"
        : null;
  }

  @Override
  public MemoryForm<List<Opening>> memoryForm() {
    return Form.INSTANCE;
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().payload() instanceof Profile;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<List<Opening>> context) {
    onTime(rules, change.at(), context);
  }

  @Override
  public Instant nextAt(List<Rule> rules, KindContext<List<Opening>> context) {
    Subject subject = context.subject();
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
    boolean opens = rules.stream().anyMatch(rule -> opens(rule, today, now, context));
    return opens ? now : startOf(nextFrom(today.plusDays(1), birthday), subject);
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, KindContext<List<Opening>> context) {
    Subject subject = context.subject();
    MonthDay birthday = subject.birthday();
    LocalDate today = LocalDate.ofInstant(now, subject.zone());
    if (birthday == null || !birthday.atYear(today.getYear()).equals(today)) {
      return;
    }
    for (Rule rule : rules) {
      if (opens(rule, today, now, context)) {
        open(rule, today, now, context);
      }
    }
  }

  private static LocalDate nextFrom(LocalDate day, MonthDay birthday) {
    LocalDate thisYear = birthday.atYear(day.getYear());
    return thisYear.isBefore(day) ? birthday.atYear(day.getYear() + 1) : thisYear;
  }

  /** Whether a rule opens its episode now: on the day, once, while a step is still to come. */
  private static boolean opens(
      Rule rule, LocalDate today, Instant now, KindContext<List<Opening>> context) {
    LocalDate last = lastDay(rule, context.memory());
    Duration lastStep = rule.steps().get(rule.steps().size() - 1);
    return (last == null || !last.plusDays(DAYS_BETWEEN).isAfter(today))
        && !begins(rule, today, context.subject()).plus(lastStep).isBefore(now)
        && context.opensAt(rule, startOf(today, context.subject()));
  }

  /** The last birthday that a rule has opened an episode for; null if none counts any more. */
  private static LocalDate lastDay(Rule rule, List<Opening> openings) {
    for (Opening opening : openings) {
      if (opening.ruleId().equals(rule.id())) {
        return opening.day();
      }
    }
    return null;
  }

  /** Steps that are past when the birthday is learnt are used up. */
  private static void open(
      Rule rule, LocalDate day, Instant now, KindContext<List<Opening>> context) {
    Subject subject = context.subject();
    context.remember(withOpening(rule, day, context.memory()));
    Episode episode =
        context.openedByTime(
            rule,
            Integer.toString(day.getYear()),
            startOf(day, subject),
            begins(rule, day, subject));
    for (int step = 1; step <= rule.steps().size(); step++) {
      if (episode.dueAt(rule, step).isBefore(now)) {
        episode = episode.judged(step);
      }
    }
    context.add(episode);
  }

  private static List<Opening> withOpening(Rule rule, LocalDate day, List<Opening> before) {
    List<Opening> openings = new ArrayList<>();
    for (Opening opening : before) {
      boolean counts = opening.day().plusDays(DAYS_BETWEEN).isAfter(day);
      if (counts && !opening.ruleId().equals(rule.id())) {
        openings.add(opening);
      }
    }
    openings.add(new Opening(rule.id(), day));
    return List.copyOf(openings);
  }

  private static Instant startOf(LocalDate day, Subject subject) {
    return day.atStartOfDay(subject.zone()).toInstant();
  }

  /** The instant from which the steps are counted. */
  private static Instant begins(Rule rule, LocalDate day, Subject subject) {
    return day.atTime(rule.get(AT)).atZone(subject.zone()).toInstant();
  }

  @Override
  public Instant closesAt(Episode episode, Subject subject) {
    return startOf(LocalDate.ofInstant(episode.openedAt(), subject.zone()).plusDays(1), subject);
  }

  @Override
  public Evidence evidence(
      Rule rule, Episode episode, KindContext<List<Opening>> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .daysSilent(context.subject(), now)
        .build();
  }
}
