package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.NaiveOracle;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * However late events come, sums, scores and stage end as if all had come in time. Triggers don't:
 * what was sent was sent.
 */
class LateEventsPropertyTest {
  @Test
  void sumsAndStageAgreeWithTheNaiveOracle() {
    for (long seed : Seeds.of(getClass(), 200, 200)) {
      Scenario scenario = withoutContradictions(RandomScenario.withinLimits(seed));
      Duration lateness = Duration.ofMinutes(1 + new Random(seed).nextInt(100_000));
      Told told = Told.of(Run.of(scenario).inSomeOrder(seed, lateness, 6));
      assertThat(sums(told.profile()))
          .as("seed %d", seed)
          .isEqualTo(sums(new NaiveOracle(scenario).run().profile()));
      assertThat(told.transitions().get(told.transitions().size() - 1).to())
          .as("seed %d: the last transition tells the stage", seed)
          .isEqualTo(told.profile().stage());
      assertThat(told.accepted())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              scenario.events().stream().map(BehaviorEvent::eventId).toList());
    }
  }

  /** Whatever is learnt when: what is told of triggers makes sense to whoever acts on it. */
  @Test
  void triggersAndOutcomesNeverContradictEachOther() {
    for (long seed : Seeds.of(getClass(), 200, 200)) {
      Scenario scenario = withoutContradictions(RandomScenario.withinLimits(seed));
      Duration lateness = Duration.ofMinutes(1 + new Random(seed).nextInt(20_000));
      List<Effect> outputs = Run.of(scenario).inSomeOrder(seed, lateness, 6);
      Told told = Told.of(outputs);
      assertThat(told.triggers().stream().map(t -> t.action() + t.triggerId()))
          .as("seed %d: each trigger fires and is cancelled at most once", seed)
          .doesNotHaveDuplicates();
      assertThat(judged(told))
          .as("seed %d: each step is judged at most once", seed)
          .doesNotHaveDuplicates();
      assertThat(ids(told, TriggerAction.CANCEL))
          .as("seed %d: what is cancelled was fired, and its outcome says so", seed)
          .isSubsetOf(ids(told, TriggerAction.FIRE))
          .containsExactlyInAnyOrderElementsOf(ids(told, Outcome.CANCELLED));
      assertThat(ids(told, Outcome.CONVERTED))
          .as("seed %d: what converts was fired", seed)
          .isSubsetOf(ids(told, TriggerAction.FIRE));
      if (scenario.settings().orders().scope() == OrderScope.TENANT) {
        // Of two apps the same id may mean two orders.
        assertThat(revenues(told))
            .as("seed %d: an order's revenue goes to one trigger", seed)
            .doesNotHaveDuplicates();
      }
      assertThat(Run.of(scenario).inSomeOrder(seed, lateness, 6))
          .as("seed %d, once more", seed)
          .isEqualTo(outputs);
    }
  }

  /** A CANCEL says why, and an event that is learnt late shows it. */
  @Test
  void whatIsCancelledIsCancelledForWhatHasHappened() {
    Set<TriggerReason> seen = EnumSet.noneOf(TriggerReason.class);
    for (long seed : Seeds.of(getClass(), 1_500, 100)) {
      Scenario scenario = withoutContradictions(RandomScenario.withinLimits(seed));
      // Within the week in which a fire can be cancelled.
      Duration lateness = Duration.ofHours(1 + new Random(seed).nextInt(48));
      List<Effect> outputs = Run.of(scenario).inSomeOrder(seed, lateness, 2);
      for (Trigger trigger : Told.of(outputs).triggers()) {
        if (trigger.action() == TriggerAction.FIRE) {
          assertThat(trigger.reason()).as("seed %d", seed).isEqualTo(TriggerReason.DUE);
          continue;
        }
        seen.add(trigger.reason());
        assertThat(scenario.events())
            .as("seed %d: %s", seed, trigger)
            .anyMatch(
                event ->
                    !event.eventTime().isAfter(trigger.firedAt())
                        && shows(trigger.reason(), trigger.kind(), event));
      }
    }
    assertThat(seen)
        .contains(
            TriggerReason.PURCHASE,
            TriggerReason.CART_EMPTY,
            TriggerReason.STAGE_LEFT,
            TriggerReason.SEGMENT_LEFT);
  }

  /** Whether an event can be why a kind of trigger has turned out wrong, as the contract has it. */
  private static boolean shows(TriggerReason reason, TriggerKind kind, BehaviorEvent event) {
    boolean closes =
        event.payload() instanceof Purchase purchase && purchase.status() == OrderStatus.CLOSED;
    boolean order = event.type() == EventType.PURCHASE || event.type() == EventType.REFUND;
    return switch (reason) {
      case PURCHASE ->
          event.type() == EventType.PURCHASE
              && !closes
              && Set.of(Kinds.UNPAID_ORDER, Kinds.CART_ABANDONMENT, Kinds.BROWSE_ABANDONMENT)
                  .contains(kind);
      case CART_EMPTY ->
          (event.type() == EventType.CART || event.type() == EventType.PURCHASE)
              && kind.equals(Kinds.CART_ABANDONMENT);
      case CART_ADD -> event.type() == EventType.CART && kind.equals(Kinds.BROWSE_ABANDONMENT);
      case CLOSED -> closes && kind.equals(Kinds.UNPAID_ORDER);
      case REFUNDED -> order && kind.equals(Kinds.POST_PURCHASE);
      case ACTIVITY ->
          EnumSet.of(EventType.CLICK, EventType.BROWSE, EventType.CART, EventType.PURCHASE)
                  .contains(event.type())
              && kind.equals(Kinds.REACTIVATION);
      case STAGE_LEFT -> order && kind.equals(Kinds.STAGE_ENTERED);
      case SEGMENT_LEFT -> order && kind.equals(Kinds.SEGMENT_ENTERED);
      default -> false;
    };
  }

  private static List<String> ids(Told told, TriggerAction action) {
    return told.triggers().stream()
        .filter(trigger -> trigger.action() == action)
        .map(Trigger::triggerId)
        .toList();
  }

  private static List<String> ids(Told told, Outcome outcome) {
    return told.outcomes().stream()
        .filter(each -> each.outcome() == outcome)
        .map(TriggerOutcome::triggerId)
        .toList();
  }

  private static List<String> judged(Told told) {
    List<String> judged = new ArrayList<>(ids(told, TriggerAction.FIRE));
    judged.addAll(ids(told, Outcome.SUPPRESSED));
    judged.addAll(ids(told, Outcome.EXPIRED));
    return judged;
  }

  /** Orders that somebody has earned something of. */
  private static List<String> revenues(Told told) {
    return told.outcomes().stream()
        .filter(each -> each.outcome() == Outcome.CONVERTED && each.revenueMinor() > 0)
        .map(TriggerOutcome::orderId)
        .toList();
  }

  /**
   * Nobody is erased, and nothing is told twice where of two the one stands that comes first, or
   * last: refunds of one id with different amounts, facts of one moment.
   */
  private static Scenario withoutContradictions(Scenario scenario) {
    Set<Object> told = new HashSet<>();
    List<BehaviorEvent> events = new ArrayList<>();
    for (BehaviorEvent event : scenario.events()) {
      Object said =
          event.payload() instanceof Refund refund ? refund.refundId() : event.eventTime();
      boolean mayContradict = event.type() == EventType.REFUND || event.type() == EventType.PROFILE;
      boolean repeated = mayContradict && !told.add(said);
      if (!repeated && event.type() != EventType.ERASE) {
        events.add(event);
      }
    }
    if (events.isEmpty()) {
      return withoutContradictions(RandomScenario.withinLimits(scenario.events().hashCode()));
    }
    return scenario.with(events);
  }

  private static List<Object> sums(CustomerProfile profile) {
    return Arrays.asList(
        new HashSet<>(profile.identifiers().all()),
        profile.firstSeenAt(),
        profile.lastSeenAt(),
        profile.firstOrderAt(),
        profile.lastOrderAt(),
        profile.orders(),
        profile.netSpendMinor(),
        profile.ordersInWindow(),
        profile.netSpendInWindowMinor(),
        profile.unmatchedRefundsMinor(),
        profile.recencyDays(),
        profile.scores(),
        profile.segment(),
        profile.stage(),
        profile.birthday(),
        profile.level(),
        profile.city());
  }
}
