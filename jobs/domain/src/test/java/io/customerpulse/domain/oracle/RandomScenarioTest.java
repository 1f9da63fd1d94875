package io.customerpulse.domain.oracle;

import static io.customerpulse.domain.trigger.TriggerReason.CAP;
import static io.customerpulse.domain.trigger.TriggerReason.CONSENT;
import static io.customerpulse.domain.trigger.TriggerReason.COOLDOWN;
import static io.customerpulse.domain.trigger.TriggerReason.DUE;
import static io.customerpulse.domain.trigger.TriggerReason.ERASED;
import static io.customerpulse.domain.trigger.TriggerReason.FILTER;
import static io.customerpulse.domain.trigger.TriggerReason.FILTER_ERROR;
import static io.customerpulse.domain.trigger.TriggerReason.ORDER;
import static io.customerpulse.domain.trigger.TriggerReason.PAUSED;
import static io.customerpulse.domain.trigger.TriggerReason.PRECEDENCE;
import static io.customerpulse.domain.trigger.TriggerReason.QUIET_HOURS;
import static io.customerpulse.domain.trigger.TriggerReason.SUPERSEDED;
import static io.customerpulse.domain.trigger.TriggerReason.VALID_UNTIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What chance brings about: where nothing of a kind comes to pass, agreeing with the oracle says
 * nothing. The rarest ends come about in one of a thousand scenarios.
 */
class RandomScenarioTest {
  private static final int SEEDS = 1_000;

  /** For what is rarest. */
  private static final int MANY_SEEDS = 2_500;

  private final Map<TriggerKind, Set<Object>> seen = new HashMap<>();

  private final Map<String, Integer> changes = new TreeMap<>();

  @Test
  void everyKindComesToEveryEndThatItCanHave() {
    for (int seed = 0; seed < MANY_SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      List<Effect> outputs = Run.of(scenario).inSomeOrder(seed);
      Told told = Told.of(outputs);
      look(scenario, told);
      changes(scenario, told).forEach(change -> changes.merge(change, 1, Integer::sum));
      outputs.stream()
          .filter(Effect.Noted.class::isInstance)
          .map(output -> ((Effect.Noted) output).note().name())
          .distinct()
          .forEach(note -> changes.merge(note, 1, Integer::sum));
    }
    assertThat(changes.keySet())
        .contains(
            "fired under a later version",
            "fired under an earlier version after the next one",
            "a rule that was new",
            "paused",
            "paused with all",
            "paused and gone on with",
            "retired",
            "retired with what is live",
            "brought back",
            "of one tenant alone",
            "IDENTIFIERS_OVER_LIMIT",
            "ATTRIBUTES_OVER_LIMIT",
            "CART_LINES_OVER_LIMIT",
            "ORDERS_OVER_LIMIT",
            "VIEWS_OVER_LIMIT");
    for (TriggerKind kind : Kinds.all()) {
      assertThat(seen.get(kind))
          .as("%s", kind)
          .contains(
              TriggerAction.FIRE,
              TriggerAction.CANCEL,
              Outcome.CONVERTED,
              Outcome.EXPIRED,
              Outcome.SUPPRESSED,
              Outcome.CANCELLED)
          .containsAll(reasonsOf(kind));
    }
  }

  /** What the changes of rules come to. */
  private static Set<String> changes(Scenario scenario, Told told) {
    Set<String> met = new HashSet<>();
    Map<String, Boolean> retired = new HashMap<>();
    for (Publication publication : scenario.publications()) {
      PublishedRule word = publication.word();
      if (word.tenantId().equals(scenario.customer().tenantId())) {
        met.add("of one tenant alone");
      }
      if (word.retiredAt() != null) {
        met.add(word.endLive() ? "retired with what is live" : "retired");
      } else if (retired.getOrDefault(word.tenantId() + word.ruleId(), false)) {
        met.add("brought back");
      }
      retired.put(word.tenantId() + word.ruleId(), word.retiredAt() != null);
    }
    boolean all = scenario.publications().stream().anyMatch(p -> p.word().ruleId().equals("*"));
    Instant lastPause = Instant.MAX;
    for (TriggerOutcome outcome : told.outcomes()) {
      if (outcome.reason() == TriggerReason.PAUSED) {
        met.add(all ? "paused with all" : "paused");
        lastPause = outcome.at();
      }
    }
    Map<String, Instant> later = new HashMap<>();
    for (Trigger trigger : told.triggers()) {
      boolean first = trigger.ruleVersion() == 1;
      if (trigger.action() == TriggerAction.FIRE && !first) {
        met.add("fired under a later version");
        later.putIfAbsent(trigger.ruleId(), trigger.firedAt());
      } else if (later.getOrDefault(trigger.ruleId(), Instant.MAX).isBefore(trigger.firedAt())) {
        met.add("fired under an earlier version after the next one");
      }
      if (trigger.ruleId().equals("fresh")) {
        met.add("a rule that was new");
      }
      if (trigger.firedAt().isAfter(lastPause)) {
        met.add("paused and gone on with");
      }
    }
    return met;
  }

  /** Under one book of rules: each tenant's customers have what is theirs, and that alone. */
  @Test
  void customersOfSeveralTenantsComeToWhatOneTenantAloneHas() {
    Set<String> met = new TreeSet<>();
    for (int seed = 0; seed < 100; seed++) {
      List<Scenario> customers = RandomScenario.shop(seed);
      List<List<Effect>> outputs = Run.together(customers, seed);
      for (int i = 0; i < customers.size(); i++) {
        Scenario scenario = customers.get(i);
        String tenant = scenario.customer().tenantId();
        Told told = Told.of(outputs.get(i));
        told.triggers().forEach(trigger -> met.add(tenant + " " + trigger.action()));
        if (told.profile() != null) {
          met.add(tenant + " in " + told.profile().currency());
        }
        if (firesOfOwnVersion(scenario, told)) {
          met.add(tenant + " under a version of its own");
        }
      }
    }
    assertThat(met)
        .contains(
            "acme FIRE",
            "default FIRE",
            "globex FIRE",
            "acme in CNY",
            "default in CNY",
            "globex in GBP",
            "acme CANCEL",
            "acme under a version of its own");
  }

  /** Whether a step fired under a later version that is published for the tenant alone. */
  private static boolean firesOfOwnVersion(Scenario scenario, Told told) {
    return scenario.publications().stream()
        .map(Publication::word)
        .filter(word -> word.tenantId().equals(scenario.customer().tenantId()))
        .flatMap(word -> word.versions().stream())
        .filter(version -> version.version() > 1)
        .anyMatch(
            version ->
                told.triggers().stream()
                    .anyMatch(
                        trigger ->
                            trigger.ruleId().equals(version.id())
                                && trigger.ruleVersion() == version.version()));
  }

  /** What the rules of orders turn on comes about again and again, with each scope. */
  @Test
  void ordersComeToEveryTurn() {
    Map<String, Integer> turns = new HashMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      OrderScope scope = scenario.settings().orders().scope();
      Map<String, BehaviorEvent> first = new HashMap<>();
      Set<String> paid = new HashSet<>();
      Set<String> closed = new HashSet<>();
      for (BehaviorEvent event : NaiveEvents.sorted(scenario.events())) {
        if (!(event.payload() instanceof Purchase purchase)) {
          continue;
        }
        String id = purchase.orderId();
        BehaviorEvent before = first.putIfAbsent(id, event);
        if (before != null && !before.appId().equals(event.appId())) {
          turns.merge("one id of two apps, scope " + scope, 1, Integer::sum);
        }
        if (purchase.status() == OrderStatus.CLOSED && paid.contains(id)) {
          closed.add(id);
        } else if (NaiveEvents.pays(purchase)) {
          if (closed.remove(id)) {
            turns.merge("paid again after closing, scope " + scope, 1, Integer::sum);
          }
          if (!paid.add(id) && !purchase.lines().isEmpty()) {
            turns.merge("paid for more, scope " + scope, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(turns).hasSize(6).allSatisfy((turn, times) -> assertThat(times).isGreaterThan(10));
  }

  /** What carts and views can come to, in one of a hundred scenarios at least. */
  @Test
  void cartsAndViewsComeToEverythingThatTheyCan() {
    Map<String, Integer> met = new TreeMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      situations(RandomScenario.of(seed)).forEach(each -> met.merge(each, 1, Integer::sum));
    }
    assertThat(met.keySet())
        .containsExactlyInAnyOrder(
            "a replacement of a cart that isn't empty",
            "a replacement without lines",
            "a set without lines",
            "a SKU at two prices",
            "a SKU taken away of two lines",
            "one look reported again",
            "one visit reported again after more than a second");
    assertThat(met.values()).allSatisfy(times -> assertThat(times).isGreaterThan(SEEDS / 100));
  }

  private static Set<String> situations(Scenario scenario) {
    Set<String> met = new HashSet<>();
    NaiveHistory history =
        new NaiveHistory(List.of(), scenario.settings(), scenario.settings().time().zone());
    for (BehaviorEvent event : NaiveEvents.sorted(scenario.events())) {
      NaiveHistory before = history;
      history = history.with(event);
      if (event.payload() instanceof Payload.CartChange change) {
        NaiveCartName key = NaiveCartName.of(event.appId(), change.cartId());
        List<Line> was = before.cart(key, event.eventTime());
        met.addAll(situations(change, was, history.cart(key, event.eventTime())));
      } else if (event.payload() instanceof Payload.Browse browse
          && NaiveEvents.isView(browse)
          && (browse.productId() != null || browse.categoryId() != null)
          && history.views().size() == before.views().size()) {
        met.add("one look reported again");
        boolean apart =
            before.views().stream()
                .noneMatch(view -> view.eventTime().plusSeconds(1).isAfter(event.eventTime()));
        if (apart) {
          met.add("one visit reported again after more than a second");
        }
      }
    }
    return met;
  }

  private static Set<String> situations(Payload.CartChange change, List<Line> was, List<Line> is) {
    Set<String> met = new HashSet<>();
    if (change.action() == CartAction.REPLACE && !was.isEmpty()) {
      met.add("a replacement of a cart that isn't empty");
    }
    if (change.action() == CartAction.REPLACE && change.lines().isEmpty()) {
      met.add("a replacement without lines");
    }
    if (change.action() == CartAction.SET && change.lines().isEmpty()) {
      met.add("a set without lines");
    }
    if (is.stream().map(Line::skuId).distinct().count() < is.size()) {
      met.add("a SKU at two prices");
    }
    for (Line line : change.lines()) {
      boolean ofTwo = was.stream().filter(w -> w.skuId().equals(line.skuId())).count() == 2;
      if (change.action() == CartAction.REMOVE && ofTwo && line.quantity() != null) {
        met.add("a SKU taken away of two lines");
      }
    }
    return met;
  }

  private void look(Scenario scenario, Told told) {
    Map<String, TriggerKind> kinds = new HashMap<>();
    for (Rule rule : scenario.rules()) {
      kinds.put(rule.id(), rule.kind());
    }
    for (Publication publication : scenario.publications()) {
      publication.word().versions().forEach(rule -> kinds.put(rule.id(), rule.kind()));
    }
    for (Trigger trigger : told.triggers()) {
      Set<Object> ofKind = seen.computeIfAbsent(trigger.kind(), kind -> new HashSet<>());
      ofKind.add(trigger.action());
      ofKind.add(trigger.reason());
    }
    for (TriggerOutcome outcome : told.outcomes()) {
      Set<Object> ofKind =
          seen.computeIfAbsent(kinds.get(outcome.ruleId()), kind -> new HashSet<>());
      ofKind.add(outcome.outcome());
      ofKind.add(outcome.reason());
    }
  }

  /** Reasons that a run in time can give. Exits that are learnt late belong to other tests. */
  private static Set<TriggerReason> reasonsOf(TriggerKind kind) {
    Set<TriggerReason> reasons =
        EnumSet.of(DUE, ORDER, VALID_UNTIL, FILTER, FILTER_ERROR, CAP, ERASED, PAUSED);
    if (kind.needsConsent()) {
      reasons.add(CONSENT);
    }
    if (kind.isRanked() && !kind.equals(Kinds.UNPAID_ORDER)) {
      reasons.add(PRECEDENCE);
    }
    if (!kind.equals(Kinds.BIRTHDAY)) {
      // A year lies between two birthdays, and quiet hours rarely end on the day itself.
      reasons.addAll(EnumSet.of(COOLDOWN, QUIET_HOURS, SUPERSEDED));
    }
    return reasons;
  }
}
