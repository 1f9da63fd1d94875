package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.oracle.NaiveEpisodes.Fired;
import io.customerpulse.domain.rule.FilterException;
import io.customerpulse.domain.rule.FilterInput;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What becomes of a step that is due, or released: the first that applies. */
final class NaiveJudge {
  /** The highest first. */
  private static final List<TriggerKind> PRECEDENCE =
      List.of(
          Kinds.UNPAID_ORDER, Kinds.CART_ABANDONMENT, Kinds.BROWSE_ABANDONMENT, Kinds.REACTIVATION);

  /** A step and the moment at which it is judged. */
  record Due(NaiveEpisode episode, int step, Instant at) {
    Rule rule() {
      return episode.rule;
    }

    Instant dueAt() {
      return episode.dueAt(step);
    }

    boolean isReleased() {
      return episode.heldUntil[step - 1] != null;
    }
  }

  private final NaiveCustomer customer;
  private final NaiveEpisodes episodes;
  private final Settings.Triggers limits;
  private final Instant wallTime;

  NaiveJudge(NaiveCustomer customer, NaiveEpisodes episodes, Instant wallTime) {
    this.customer = customer;
    this.episodes = episodes;
    this.limits = episodes.settings().triggers();
    this.wallTime = wallTime;
  }

  /** Every step that is still to be judged. */
  List<Due> waiting() {
    List<Due> all = new ArrayList<>();
    for (NaiveEpisode episode : episodes.all()) {
      for (int step = 1; episode.live && step <= episode.used.length; step++) {
        if (!episode.used[step - 1]) {
          Instant held = episode.heldUntil[step - 1];
          all.add(new Due(episode, step, held == null ? episode.dueAt(step) : held));
        }
      }
    }
    return all;
  }

  void judgeAt(Instant now) {
    List<Due> due =
        waiting().stream()
            .filter(step -> step.at().equals(now))
            .sorted(
                Comparator.comparing((Due step) -> step.rule().kind())
                    .thenComparing(step -> step.rule().id())
                    .thenComparing(step -> step.episode().scope)
                    .thenComparing(Due::step))
            .toList();
    for (Due step : due) {
      judge(step, due, now);
      step.episode().live = !step.episode().isComplete();
    }
  }

  private void judge(Due due, List<Due> together, Instant now) {
    NaiveEpisode episode = due.episode();
    Rule rule = due.rule();
    Instant validUntil = due.dueAt().plus(rule.validFor());
    int index = due.step() - 1;
    episode.used[index] = true;
    if (isSuperseded(due, together)) {
      suppress(due, TriggerReason.SUPERSEDED, now);
    } else if (due.isReleased() && now.isAfter(validUntil)) {
      suppress(due, TriggerReason.QUIET_HOURS, now);
    } else if (now.isAfter(validUntil) || wallTime.isAfter(validUntil)) {
      episodes.record(episode, due.step(), Outcome.EXPIRED, TriggerReason.VALID_UNTIL, now);
    } else {
      TriggerReason reason = suppression(due, together, now);
      if (reason != null) {
        suppress(due, reason, now);
      } else if (isQuiet(rule.quietHours(), now)) {
        episode.used[index] = false;
        episode.heldUntil[index] = endOfQuiet(rule.quietHours(), now);
      } else {
        fire(due, validUntil, now);
      }
    }
  }

  /** Whether a later step of the episode was held to the same moment. */
  private static boolean isSuperseded(Due due, List<Due> together) {
    return due.isReleased()
        && together.stream()
            .anyMatch(
                other ->
                    other.episode() == due.episode()
                        && other.step() > due.step()
                        && other.isReleased());
  }

  private TriggerReason suppression(Due due, List<Due> together, Instant now) {
    Rule rule = due.rule();
    try {
      if (rule.filter() != null && !rule.filter().test(filterInput(due, now))) {
        return TriggerReason.FILTER;
      }
    } catch (FilterException e) {
      return TriggerReason.FILTER_ERROR;
    }
    Boolean consent = customer.history().told(Profile::marketingConsent);
    boolean allowed = consent == null ? limits.consentDefault() : consent;
    if (!allowed && !rule.kind().equals(Kinds.UNPAID_ORDER)) {
      return TriggerReason.CONSENT;
    }
    for (Fired fire : episodes.fired()) {
      if (fire.episode() != due.episode()
          && fire.rule() == rule
          && within(fire.at(), rule.cooldown(), now)) {
        return TriggerReason.COOLDOWN;
      }
    }
    boolean preceded =
        together.stream().anyMatch(o -> isHigher(o.rule(), rule) && o.dueAt().equals(due.dueAt()))
            || episodes.fired().stream()
                .anyMatch(
                    fire ->
                        isHigher(fire.rule(), rule) && within(fire.at(), limits.precedence(), now));
    if (preceded) {
      return TriggerReason.PRECEDENCE;
    }
    boolean capped =
        reached(rule.cap(), episodes.fired().stream().filter(f -> f.rule() == rule), now)
            || reached(limits.cap(), episodes.fired().stream(), now);
    return capped ? TriggerReason.CAP : null;
  }

  private static boolean isHigher(Rule one, Rule other) {
    int rank = PRECEDENCE.indexOf(one.kind());
    return rank >= 0 && rank < PRECEDENCE.indexOf(other.kind());
  }

  private boolean reached(Cap cap, Stream<Fired> fires, Instant now) {
    return cap != null
        && fires
                .filter(fire -> within(fire.at(), cap.per(), now))
                .filter(
                    fire ->
                        cap.countFailed()
                            || customer.history().messageStatus(fire.trigger().triggerId())
                                != MessageStatus.FAILED)
                .count()
            >= cap.count();
  }

  /** Whether a moment lies in (now − length, now]. */
  private static boolean within(Instant moment, Duration length, Instant now) {
    return moment.isAfter(now.minus(length)) && !moment.isAfter(now);
  }

  private boolean isQuiet(QuietHours hours, Instant now) {
    if (hours == null) {
      return false;
    }
    LocalTime time = now.atZone(customer.zone()).toLocalTime();
    return hours.from().isAfter(hours.to())
        ? !time.isBefore(hours.from()) || time.isBefore(hours.to())
        : !time.isBefore(hours.from()) && time.isBefore(hours.to());
  }

  /** Looks at the clock every minute. */
  private Instant endOfQuiet(QuietHours hours, Instant now) {
    Instant moment = now.truncatedTo(ChronoUnit.MINUTES);
    while (isQuiet(hours, moment)) {
      moment = moment.plus(Duration.ofMinutes(1));
    }
    return moment;
  }

  private void suppress(Due due, TriggerReason reason, Instant now) {
    episodes.record(due.episode(), due.step(), Outcome.SUPPRESSED, reason, now);
  }

  private void fire(Due due, Instant validUntil, Instant now) {
    NaiveEpisode episode = due.episode();
    Rule rule = due.rule();
    episodes.fire(
        episode,
        due.step(),
        new Trigger(
            episode.triggerId(due.step()),
            TriggerAction.FIRE,
            rule.id(),
            rule.version(),
            rule.kind(),
            Given.TENANT,
            Given.CUSTOMER.customerId(),
            customer.history().identifiers(),
            episode.id,
            due.step(),
            due.dueAt(),
            now,
            validUntil,
            variant(rule),
            null,
            episode.kind.evidence(episode, now)));
  }

  private static String variant(Rule rule) {
    String holdoutKey = Given.CUSTOMER.customerId();
    if (ContentHash.bucket(10_000, "holdout", Given.TENANT, rule.id(), holdoutKey)
        < rule.holdoutPercent() * 100) {
      return "holdout";
    }
    int bucket = ContentHash.bucket(10_000, "variant", Given.TENANT, rule.id(), holdoutKey);
    int end = 0;
    for (Map.Entry<String, Integer> share : new TreeMap<>(rule.variants()).entrySet()) {
      end += share.getValue() * 100;
      if (bucket < end) {
        return share.getKey();
      }
    }
    return "treated";
  }

  private static FilterInput filterInput(Due due, Instant now) {
    return Given.filterInput(
        Map.of(),
        due.episode().kind.cart(due.episode(), now),
        Map.of("step", (long) due.step()),
        Map.of());
  }
}
