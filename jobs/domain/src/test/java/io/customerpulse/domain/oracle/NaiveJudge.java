package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.Custom;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.oracle.NaiveEpisodes.Fired;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Evidence;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    TriggerKind kind() {
      return episode.kind.name;
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
                Comparator.<Due>comparingInt(step -> Kinds.all().indexOf(step.kind()))
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
    if (customer.rules().isPaused(rule.id())) {
      return TriggerReason.PAUSED;
    }
    if (rule.filter() != null) {
      Boolean holds = NaiveFilter.test(rule.filter().source(), filterValues(due, now));
      if (holds == null) {
        return TriggerReason.FILTER_ERROR;
      }
      if (!holds) {
        return TriggerReason.FILTER;
      }
    }
    Boolean consent = customer.history().told(Profile::marketingConsent);
    boolean allowed = consent == null ? limits.consentDefault() : consent;
    if (!allowed && !due.kind().equals(Kinds.UNPAID_ORDER)) {
      return TriggerReason.CONSENT;
    }
    for (Fired fire : episodes.fired()) {
      if (fire.episode() != due.episode()
          && fire.rule().id().equals(rule.id())
          && within(fire.at(), rule.cooldown(), now)) {
        return TriggerReason.COOLDOWN;
      }
    }
    boolean preceded =
        together.stream()
                .anyMatch(o -> isHigher(o.kind(), due.kind()) && o.dueAt().equals(due.dueAt()))
            || episodes.fired().stream()
                .anyMatch(
                    fire ->
                        isHigher(fire.kind(), due.kind())
                            && within(fire.at(), limits.precedence(), now));
    if (preceded) {
      return TriggerReason.PRECEDENCE;
    }
    boolean capped =
        reached(
                rule.cap(),
                episodes.fired().stream().filter(f -> f.rule().id().equals(rule.id())),
                now)
            || reached(limits.cap(), episodes.fired().stream(), now);
    return capped ? TriggerReason.CAP : null;
  }

  private static boolean isHigher(TriggerKind one, TriggerKind other) {
    int rank = PRECEDENCE.indexOf(one);
    return rank >= 0 && rank < PRECEDENCE.indexOf(other);
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
            due.kind(),
            customer.key().tenantId(),
            customer.key().customerId(),
            customer.history().identifiers(),
            episode.id,
            due.step(),
            due.dueAt(),
            now,
            validUntil,
            variant(rule),
            TriggerReason.DUE,
            episode.kind.evidence(episode, now)));
  }

  private String variant(Rule rule) {
    String tenantId = customer.key().tenantId();
    String customerId = customer.key().customerId();
    if (NaiveIds.place("holdout", tenantId, rule.id(), customerId) < rule.holdoutPercent() * 100) {
      return "holdout";
    }
    int place = NaiveIds.place("variant", tenantId, rule.id(), customerId);
    int end = 0;
    for (Map.Entry<String, Integer> share : new TreeMap<>(rule.variants()).entrySet()) {
      end += share.getValue() * 100;
      if (place < end) {
        return share.getKey();
      }
    }
    return "treated";
  }

  // ---- what a filter sees, as config/README has it

  private Map<String, Map<String, Object>> filterValues(Due due, Instant now) {
    Evidence evidence = due.episode().kind.evidence(due.episode(), now);
    return Map.of(
        "customer", known(ofCustomer(customer.profileAt(now))),
        "cart", known(ofCart(evidence)),
        "episode", known(ofEpisode(due, evidence)),
        "event", known(ofEvent(due.episode().refresher)));
  }

  /** What is unset isn't there. */
  private static Map<String, Object> known(Map<String, Object> values) {
    values.values().removeIf(Objects::isNull);
    return values;
  }

  private static Map<String, Object> ofCustomer(CustomerProfile profile) {
    Map<String, Object> values = new HashMap<>();
    values.put("stage", profile.stage().name());
    values.put("segment", profile.segment());
    values.put("segment_zh", profile.segmentZh());
    values.put("zone", profile.zone());
    values.put("level", profile.level());
    values.put("city", profile.city());
    values.put("birthday", profile.birthday());
    values.put("favourite_category", profile.favouriteCategory());
    values.put("orders", profile.orders());
    values.put("orders_in_window", profile.ordersInWindow());
    values.put("net_spend_minor", profile.netSpendMinor());
    values.put("net_spend_in_window_minor", profile.netSpendInWindowMinor());
    values.put("recency_days", whole(profile.recencyDays()));
    values.put("r_score", profile.scores() == null ? null : whole(profile.scores().r()));
    values.put("f_score", profile.scores() == null ? null : whole(profile.scores().f()));
    values.put("m_score", profile.scores() == null ? null : whole(profile.scores().m()));
    values.put("cart_value_minor", profile.cartValueMinor());
    values.put("cart_lines", whole(profile.cartLines()));
    values.put("probability_alive", profile.probabilityAlive());
    values.put("expected_orders_90d", profile.expectedOrders90d());
    values.put("marketing_consent", profile.marketingConsent());
    values.put("attributes", profile.attributes());
    return values;
  }

  private static Map<String, Object> ofCart(Evidence evidence) {
    Map<String, Object> values = new HashMap<>();
    if (evidence.lines() != null) {
      values.put("value_minor", evidence.valueMinor());
      values.put("lines", whole(evidence.lines().size()));
      values.put("app_id", evidence.appId());
      values.put("cart_id", evidence.cartId());
    }
    return values;
  }

  private static Map<String, Object> ofEpisode(Due due, Evidence evidence) {
    Map<String, Object> values = new HashMap<>();
    values.put("step", whole(due.step()));
    values.put("rule_id", due.rule().id());
    values.put("kind", due.kind().wireName());
    values.put("product_id", evidence.productId());
    values.put("views", whole(evidence.views()));
    values.put("order_id", evidence.orderId());
    values.put("days_silent", evidence.daysSilent());
    return values;
  }

  /**
   * @param event null where time alone opened the episode
   */
  private static Map<String, Object> ofEvent(BehaviorEvent event) {
    Map<String, Object> values = new HashMap<>();
    if (event != null) {
      values.put("type", event.type().name().toLowerCase(Locale.ROOT));
      values.put("app_id", event.appId());
      values.put("platform", event.platform());
      values.put("scene", event.scene());
      values.put("attributes", Map.of());
    }
    if (event != null && event.payload() instanceof Browse browse) {
      values.put("product_id", browse.productId());
    } else if (event != null && event.payload() instanceof Purchase purchase) {
      values.put("order_id", purchase.orderId());
      values.put("amount_minor", purchase.amountMinor());
    } else if (event != null && event.payload() instanceof Custom custom) {
      values.put("name", custom.name());
      values.put("attributes", custom.attributes());
    } else if (event != null && event.payload() instanceof Profile told) {
      values.put("attributes", told.attributes());
    }
    return values;
  }

  private static Long whole(Integer number) {
    return number == null ? null : (Long) number.longValue();
  }
}
