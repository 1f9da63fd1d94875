package io.customerpulse.domain.oracle;

import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.oracle.NaiveHistory.PaidOrder;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.Cap;
import io.customerpulse.domain.rule.FilterException;
import io.customerpulse.domain.rule.FilterInput;
import io.customerpulse.domain.rule.Occasion;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the meaning of the words asks for, computed in the dumbest way: the whole sorted history of
 * one customer is gone through from moment to moment, and whatever is asked on the way is worked
 * out from all events so far. Written from the rules alone; it shares records with what it checks,
 * but no logic.
 */
public final class NaiveOracle {
  private static final Duration CANCELLABLE_FOR = Duration.ofDays(7);

  private static final String CUSTOMER_SCOPE = "customer";

  /** One run of one rule. */
  private static final class Run {
    private final Rule rule;
    private final String scope;
    private final String id;
    private final String openedBy;
    private Instant refreshedAt;
    private String refreshedBy;
    private boolean live = true;
    private final boolean[] used;
    private final Instant[] heldUntil;

    private Run(Rule rule, String scope, String id, Instant at, String openedBy) {
      this.rule = rule;
      this.scope = scope;
      this.id = id;
      this.openedBy = openedBy;
      this.refreshedAt = at;
      this.refreshedBy = openedBy;
      this.used = new boolean[rule.steps().size()];
      this.heldUntil = new Instant[rule.steps().size()];
    }

    private void refresh(BehaviorEvent event) {
      refreshedAt = event.eventTime();
      refreshedBy = event.eventId();
      for (int i = 0; i < heldUntil.length; i++) {
        heldUntil[i] = null;
      }
    }

    private Instant dueAt(int step) {
      return refreshedAt.plus(rule.steps().get(step - 1));
    }

    private String triggerId(int step) {
      return ContentHash.of("trigger", id, Integer.toString(step));
    }
  }

  /** A step and the moment at which it is judged. */
  private record Due(Run run, int step, Instant at) {
    private Rule rule() {
      return run.rule;
    }
  }

  /** A step that fired. */
  private record Fired(Run run, int step, Instant at, String variant, Trigger trigger) {}

  private final List<BehaviorEvent> input;
  private final Settings settings;
  private final Settings.Triggers limits;
  private final ZoneId zone;
  private final List<Rule> rules;
  private final Cuts cuts;
  private final Instant wallTime;
  private final Instant asOf;

  private NaiveHistory history;
  private Stage stage;
  private Instant stageSince;
  private Instant erasedAt;
  private final List<Run> runs = new ArrayList<>();
  private final List<Fired> fired = new ArrayList<>();

  /** Rules of reactivation whose stage was entered by silence and that haven't opened since. */
  private final Set<String> entered = new TreeSet<>();

  private final List<StageTransition> transitions = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final List<TriggerOutcome> outcomes = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private int removals;

  public NaiveOracle(Scenario scenario) {
    this.input = scenario.events().stream().sorted(BehaviorEvent.APPLICATION_ORDER).toList();
    this.settings = scenario.settings();
    this.limits = settings.triggers();
    this.zone = settings.tenant(Given.TENANT).zone();
    this.rules = scenario.rules();
    this.cuts = scenario.cuts();
    this.wallTime = scenario.wallTime();
    this.asOf = scenario.asOf();
    this.history = new NaiveHistory(List.of(), settings, zone);
  }

  /** Everything that a run up to as-of tells. */
  public Told run() {
    int next = 0;
    Instant now = Instant.MIN;
    while (true) {
      Instant upcoming = next < input.size() ? input.get(next).eventTime() : Instant.MAX;
      upcoming = earlier(upcoming, nextMomentAfter(now));
      if (upcoming.isAfter(asOf)) {
        break;
      }
      now = upcoming;
      while (next < input.size() && input.get(next).eventTime().equals(now)) {
        take(input.get(next++));
      }
      passTo(now);
    }
    CustomerProfile profile = history.events().isEmpty() ? null : profileAt(asOf);
    return new Told(accepted, rejected, transitions, triggers, outcomes, removals, profile);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The next moment after one at which time alone may do something. */
  private Instant nextMomentAfter(Instant now) {
    Set<Instant> moments = new TreeSet<>(history.stageMoments());
    for (Due due : unused()) {
      moments.add(due.at());
    }
    Instant active = history.lastActivityAt();
    for (Rule rule : rules) {
      if (entered.contains(rule.id())) {
        moments.add(active.plus(reactivation(rule).inactiveFor()));
      }
    }
    return moments.stream().filter(moment -> moment.isAfter(now)).findFirst().orElse(Instant.MAX);
  }

  // ---- events

  private void take(BehaviorEvent event) {
    if (erasedAt != null && !event.eventTime().isAfter(erasedAt)) {
      rejected.add(event.eventId());
      return;
    }
    accepted.add(event.eventId());
    if (event.type() == EventType.ERASE) {
      erase(event.eventTime());
      return;
    }
    NaiveHistory before = history;
    history = before.with(event);
    Instant at = event.eventTime();
    if (stage == null) {
      move(Stage.PROSPECT, at, TransitionReason.FIRST_SEEN);
    }
    if (event.payload() instanceof Purchase || event.payload() instanceof Refund) {
      Stage reached = history.stageAt(at);
      if (reached != before.stageAt(at) && reached != stage) {
        move(reached, at, reasonOf(event));
      }
    }
    // What time alone has decided by this very instant is seen with its first event already.
    stageByTime(at);
    if (event.type().isActivity()) {
      runs.forEach(run -> run.live &= run.rule.kind() != TriggerKind.REACTIVATION);
    }
    if (event.payload() instanceof CartChange change) {
      cartChanged(event, change, before);
    } else if (event.payload() instanceof Purchase purchase && history.lastPaysFirst()) {
      convert(purchase, at);
      leaveCarts(purchase, at, before);
    }
  }

  private TransitionReason reasonOf(BehaviorEvent event) {
    boolean ordered =
        event.payload() instanceof Purchase purchase
            && purchase.status().pays()
            && history.counting().stream().anyMatch(o -> o.orderId().equals(purchase.orderId()));
    if (!ordered) {
      return TransitionReason.REFUNDED;
    }
    if (stage == Stage.PROSPECT) {
      return TransitionReason.FIRST_ORDER;
    }
    if (stage.isAsleep()) {
      return TransitionReason.REACTIVATED;
    }
    return history.stageAt(event.eventTime()) == Stage.LOYAL
        ? TransitionReason.LOYAL
        : TransitionReason.REPEAT_ORDER;
  }

  private void move(Stage to, Instant at, TransitionReason reason) {
    transitions.add(
        new StageTransition(Given.TENANT, Given.CUSTOMER.customerId(), stage, to, at, reason));
    stage = to;
    stageSince = at;
    entered.clear();
  }

  private void erase(Instant at) {
    for (Fired fire : fired) {
      if (!fire.at().plus(CANCELLABLE_FOR).isBefore(at)) {
        Trigger trigger = fire.trigger();
        triggers.add(
            new Trigger(
                trigger.triggerId(),
                TriggerAction.CANCEL,
                trigger.ruleId(),
                1,
                trigger.kind(),
                trigger.tenantId(),
                trigger.customerId(),
                history.identifiers(),
                trigger.episodeId(),
                trigger.step(),
                trigger.dueAt(),
                trigger.firedAt(),
                trigger.validUntil(),
                trigger.variant(),
                null,
                null));
        record(
            fire.run(), fire.step(), Outcome.CANCELLED, TriggerReason.ERASED, at, null, null, null);
      }
    }
    if (stage != null) {
      move(null, at, TransitionReason.ERASED);
    }
    removals += history.events().isEmpty() ? 0 : 1;
    history = new NaiveHistory(List.of(), settings, zone);
    runs.clear();
    fired.clear();
    erasedAt = at;
  }

  private void cartChanged(BehaviorEvent event, CartChange change, NaiveHistory before) {
    CartKey key = CartKey.of(event.appId(), change.cartId());
    Map<String, Line> was = before.cart(key, event.eventTime());
    Map<String, Line> is = history.cart(key, event.eventTime());
    if (was.equals(is)) {
      return;
    }
    boolean grew =
        is.values().stream()
            .anyMatch(
                line ->
                    !was.containsKey(line.skuId())
                        || was.get(line.skuId()).quantity() < line.quantity());
    for (Rule rule : rules) {
      if (rule.kind() == TriggerKind.CART_ABANDONMENT) {
        Run run = liveRun(rule, key.asText());
        if (run == null) {
          if (grew && rule.opensAt(event.eventTime())) {
            open(rule, key.asText(), event.eventTime(), event.eventId());
          }
        } else if (is.isEmpty()) {
          run.live = false;
        } else {
          run.refresh(event);
        }
      }
    }
  }

  private Run liveRun(Rule rule, String scope) {
    for (Run run : runs) {
      if (run.live && run.rule.id().equals(rule.id()) && run.scope.equals(scope)) {
        return run;
      }
    }
    return null;
  }

  private void open(Rule rule, String scope, Instant at, String openedBy) {
    String id =
        openedBy == null
            ? ContentHash.of(
                "episode",
                Given.TENANT,
                rule.id(),
                scope,
                at.toString(),
                Given.CUSTOMER.customerId())
            : ContentHash.of("episode", Given.TENANT, rule.id(), scope, openedBy);
    runs.add(new Run(rule, scope, id, at, openedBy));
  }

  /** A paid order ends what its rule lets it end, and what has nothing left to remind of. */
  private void leaveCarts(Purchase purchase, Instant at, NaiveHistory before) {
    List<String> skus = purchase.lines().stream().map(Line::skuId).toList();
    for (Run run : runs) {
      if (run.live && run.rule.kind() == TriggerKind.CART_ABANDONMENT) {
        CartKey key = CartKey.fromText(run.scope);
        boolean exits =
            switch (((Occasion.CartAbandonment) run.rule.occasion()).exitOn()) {
              case ANY -> true;
              case SKU ->
                  skus.isEmpty() || before.cart(key, at).keySet().stream().anyMatch(skus::contains);
              case CART -> purchase.cartId() == null || purchase.cartId().equals(key.cartId());
            };
        if (exits || history.cart(key, at).isEmpty()) {
          run.live = false;
        }
      }
    }
  }

  private void convert(Purchase purchase, Instant at) {
    List<Fired> converted =
        fired.stream()
            .filter(f -> f.at().isBefore(at) && !f.at().plus(limits.conversion()).isBefore(at))
            .toList();
    // Of several that fired at one moment some one has to get it: the one with the greatest id.
    Fired paidFor =
        converted.stream()
            .filter(fire -> !fire.variant().equals("holdout"))
            .max(Comparator.comparing(Fired::at).thenComparing(fire -> fire.trigger().triggerId()))
            .orElse(null);
    for (Fired fire : converted) {
      boolean firstOfRun =
          fired.stream().filter(other -> other.run() == fire.run()).findFirst().get() == fire;
      record(
          fire.run(),
          fire.step(),
          Outcome.CONVERTED,
          TriggerReason.ORDER,
          at,
          purchase.orderId(),
          fire == paidFor ? purchase.amountMinor() : 0,
          firstOfRun);
    }
  }

  // ---- time

  private void passTo(Instant now) {
    if (stage == null) {
      return;
    }
    stageByTime(now);
    openReactivation(now);
    judgeDueAt(now);
  }

  private void stageByTime(Instant now) {
    Stage reached = history.stageAt(now);
    if (reached != stage) {
      boolean slept = reached.isAsleep();
      move(reached, now, slept ? TransitionReason.SILENCE : TransitionReason.WINDOW_EXPIRED);
      for (Rule rule : rules) {
        if (slept
            && rule.kind() == TriggerKind.REACTIVATION
            && reactivation(rule).stage() == reached) {
          entered.add(rule.id());
        }
      }
    }
  }

  private static Occasion.Reactivation reactivation(Rule rule) {
    return (Occasion.Reactivation) rule.occasion();
  }

  private void openReactivation(Instant now) {
    for (Rule rule : rules) {
      if (entered.contains(rule.id())
          && !history.lastActivityAt().plus(reactivation(rule).inactiveFor()).isAfter(now)) {
        entered.remove(rule.id());
        if (rule.opensAt(now) && liveRun(rule, CUSTOMER_SCOPE) == null) {
          open(rule, CUSTOMER_SCOPE, now, null);
        }
      }
    }
  }

  private List<Due> unused() {
    List<Due> all = new ArrayList<>();
    for (Run run : runs) {
      for (int step = 1; run.live && step <= run.used.length; step++) {
        if (!run.used[step - 1]) {
          Instant held = run.heldUntil[step - 1];
          all.add(new Due(run, step, held == null ? run.dueAt(step) : held));
        }
      }
    }
    return all;
  }

  private void judgeDueAt(Instant now) {
    List<Due> due =
        unused().stream()
            .filter(step -> step.at().equals(now))
            .sorted(
                Comparator.comparing((Due step) -> step.rule().kind())
                    .thenComparing(step -> step.rule().id())
                    .thenComparing(step -> step.run().scope)
                    .thenComparing(Due::step))
            .toList();
    for (Due step : due) {
      judge(step, due, now);
      boolean[] used = step.run().used;
      step.run().live = !allTrue(used);
    }
  }

  private static boolean allTrue(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  private void judge(Due due, List<Due> together, Instant now) {
    Run run = due.run();
    Rule rule = run.rule;
    Instant dueAt = run.dueAt(due.step());
    Instant validUntil = dueAt.plus(rule.validFor());
    boolean released = run.heldUntil[due.step() - 1] != null;
    run.used[due.step() - 1] = true;
    boolean laterOneReleased =
        released
            && together.stream()
                .anyMatch(
                    other ->
                        other.run() == run
                            && other.step() > due.step()
                            && run.heldUntil[other.step() - 1] != null);
    if (laterOneReleased) {
      suppress(due, TriggerReason.SUPERSEDED, now);
    } else if (released && now.isAfter(validUntil)) {
      suppress(due, TriggerReason.QUIET_HOURS, now);
    } else if (now.isAfter(validUntil) || wallTime.isAfter(validUntil)) {
      record(run, due.step(), Outcome.EXPIRED, TriggerReason.VALID_UNTIL, now, null, null, null);
    } else {
      TriggerReason reason = suppression(due, together, now);
      if (reason != null) {
        suppress(due, reason, now);
      } else if (isQuiet(rule.quietHours(), now)) {
        run.used[due.step() - 1] = false;
        run.heldUntil[due.step() - 1] = endOfQuiet(rule.quietHours(), now);
      } else {
        fire(due, dueAt, now, validUntil);
      }
    }
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
    Boolean consent = history.told(Profile::marketingConsent);
    if (!(consent == null ? limits.consentDefault() : consent)) {
      return TriggerReason.CONSENT;
    }
    for (Fired fire : fired) {
      if (fire.run() != due.run()
          && fire.run().rule.id().equals(rule.id())
          && within(fire.at(), rule.cooldown(), now)) {
        return TriggerReason.COOLDOWN;
      }
    }
    for (Due other : together) {
      if (other.rule().kind().compareTo(rule.kind()) < 0
          && other.run().dueAt(other.step()).equals(due.run().dueAt(due.step()))) {
        return TriggerReason.PRECEDENCE;
      }
    }
    for (Fired fire : fired) {
      if (fire.run().rule.kind().compareTo(rule.kind()) < 0
          && within(fire.at(), limits.precedence(), now)) {
        return TriggerReason.PRECEDENCE;
      }
    }
    boolean capped =
        reached(rule.cap(), fired.stream().filter(f -> f.run().rule.id().equals(rule.id())), now)
            || reached(limits.cap(), fired.stream(), now);
    return capped ? TriggerReason.CAP : null;
  }

  private static boolean reached(Cap cap, Stream<Fired> fires, Instant now) {
    return cap != null
        && fires.filter(fire -> within(fire.at(), cap.per(), now)).count() >= cap.count();
  }

  /** Whether a moment lies in (now − length, now]. */
  private static boolean within(Instant moment, Duration length, Instant now) {
    return moment.isAfter(now.minus(length)) && !moment.isAfter(now);
  }

  private boolean isQuiet(QuietHours hours, Instant now) {
    if (hours == null) {
      return false;
    }
    LocalTime time = now.atZone(zone).toLocalTime();
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
    record(due.run(), due.step(), Outcome.SUPPRESSED, reason, now, null, null, null);
  }

  private void record(
      Run run,
      int step,
      Outcome outcome,
      TriggerReason reason,
      Instant at,
      String orderId,
      Long revenueMinor,
      Boolean lift) {
    outcomes.add(
        new TriggerOutcome(
            run.triggerId(step),
            run.rule.id(),
            run.rule.version(),
            Given.TENANT,
            Given.CUSTOMER.customerId(),
            step,
            outcome,
            reason,
            at,
            orderId,
            revenueMinor,
            lift));
  }

  private void fire(Due due, Instant dueAt, Instant now, Instant validUntil) {
    Run run = due.run();
    String variant = variant(run.rule);
    Trigger trigger =
        new Trigger(
            run.triggerId(due.step()),
            TriggerAction.FIRE,
            run.rule.id(),
            run.rule.version(),
            run.rule.kind(),
            Given.TENANT,
            Given.CUSTOMER.customerId(),
            history.identifiers(),
            run.id,
            due.step(),
            dueAt,
            now,
            validUntil,
            variant,
            null,
            evidence(run, now));
    triggers.add(trigger);
    fired.add(new Fired(run, due.step(), now, variant, trigger));
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

  private Evidence evidence(Run run, Instant now) {
    Scores scores = scoresAt(now);
    Integer r = scores == null ? null : (Integer) scores.r();
    Integer f = scores == null ? null : (Integer) scores.f();
    Integer m = scores == null ? null : (Integer) scores.m();
    String version = scores == null ? null : scores.cutsVersion();
    if (run.rule.kind() == TriggerKind.CART_ABANDONMENT) {
      CartKey key = CartKey.fromText(run.scope);
      List<Line> lines = List.copyOf(history.cart(key, now).values());
      return new Evidence(
          key.appId(),
          key.cartId().isEmpty() ? null : key.cartId(),
          NaiveHistory.valueMinor(lines),
          lines,
          null,
          null,
          null,
          stage,
          r,
          f,
          m,
          version,
          run.openedBy,
          run.refreshedBy);
    }
    Instant last = history.lastOrderAt();
    Long silent = last == null ? null : (Long) Duration.between(last, now).toDays();
    return new Evidence(
        null, null, null, null, null, null, silent, stage, r, f, m, version, null, null);
  }

  private FilterInput filterInput(Due due, Instant now) {
    Map<String, Object> cart = new HashMap<>();
    if (due.rule().kind() == TriggerKind.CART_ABANDONMENT) {
      cart.put(
          "value_minor",
          NaiveHistory.valueMinor(history.cart(CartKey.fromText(due.run().scope), now).values()));
    }
    return Given.filterInput(Map.of(), cart, Map.of("step", (long) due.step()), Map.of());
  }

  // ---- profile

  private Scores scoresAt(Instant now) {
    Instant last = history.lastOrderAt();
    if (last == null) {
      return null;
    }
    List<PaidOrder> inWindow = history.countingInWindow(now);
    if (inWindow.isEmpty()) {
      return new Scores(1, 1, 1, cuts.version());
    }
    long days = ChronoUnit.DAYS.between(history.day(last), history.day(now));
    long net = inWindow.stream().mapToLong(PaidOrder::netMinor).sum();
    return new Scores(
        5 - (int) cuts.recencyDays().stream().filter(cut -> cut < days).count(),
        1 + (int) cuts.frequency().stream().filter(cut -> cut <= inWindow.size()).count(),
        1 + (int) cuts.monetaryMinor().stream().filter(cut -> cut <= net).count(),
        cuts.version());
  }

  private CustomerProfile profileAt(Instant now) {
    List<PaidOrder> counting = history.counting();
    List<PaidOrder> inWindow = history.countingInWindow(now);
    Instant last = history.lastOrderAt();
    Scores scores = scoresAt(now);
    List<Line> inCarts =
        history.carts(now).values().stream()
            .flatMap(lines -> lines.values().stream())
            .map(NaiveHistory.PlacedLine::line)
            .toList();
    List<BehaviorEvent> events = history.events();
    return new CustomerProfile(
        Given.TENANT,
        Given.CUSTOMER.customerId(),
        history.identifiers(),
        events.get(0).eventTime(),
        events.get(events.size() - 1).eventTime(),
        counting.stream().map(PaidOrder::at).min(Instant::compareTo).orElse(null),
        last,
        counting.size(),
        counting.stream().mapToLong(PaidOrder::netMinor).sum(),
        inWindow.size(),
        inWindow.stream().mapToLong(PaidOrder::netMinor).sum(),
        history.unmatchedRefundsMinor(),
        settings.tenant(Given.TENANT).currency().getCurrencyCode(),
        last == null
            ? null
            : (Integer) (int) ChronoUnit.DAYS.between(history.day(last), history.day(now)),
        scores,
        segment(scores),
        segmentZh(scores, settings.rfm().high()),
        stage,
        stageSince,
        null,
        null,
        NaiveHistory.valueMinor(inCarts),
        inCarts.size(),
        favourite(now),
        history.told(Profile::birthday),
        history.told(Profile::zone),
        history.told(Profile::level),
        history.told(Profile::city),
        history.told(Profile::marketingConsent),
        history.attributes(),
        now);
  }

  /** Of weights as good as equal, the one whose name comes first. */
  private String favourite(Instant now) {
    String best = null;
    double weight = 0;
    for (Map.Entry<String, Double> interest : history.interests(now).entrySet()) {
      if (interest.getValue() > weight * (1 + 1e-12)) {
        best = interest.getKey();
        weight = interest.getValue();
      }
    }
    return best;
  }

  /** The table of 25 cells, read as it is printed. */
  public static String segment(Scores scores) {
    if (scores == null) {
      return "prospect";
    }
    String row =
        switch (scores.r()) {
          case 5 -> "new potential_loyalist potential_loyalist champions champions";
          case 4 -> "promising potential_loyalist potential_loyalist loyal loyal";
          case 3 -> "about_to_sleep about_to_sleep need_attention loyal loyal";
          default -> "hibernating hibernating at_risk at_risk cant_lose";
        };
    return List.of(row.split(" ", -1)).get(scores.f() - 1);
  }

  /** The Chinese eight. */
  public static String segmentZh(Scores scores, int high) {
    if (scores == null) {
      return "潜在客户";
    }
    String bits =
        (scores.r() >= high ? "1" : "0")
            + (scores.f() >= high ? "1" : "0")
            + (scores.m() >= high ? "1" : "0");
    return Map.of(
            "111", "重要价值",
            "011", "重要保持",
            "101", "重要发展",
            "001", "重要挽留",
            "110", "一般价值",
            "010", "一般保持",
            "100", "一般发展",
            "000", "一般挽留")
        .get(bits);
  }
}
