package io.customerpulse.domain.customer;

import static io.customerpulse.domain.oracle.Given.cart;
import static io.customerpulse.domain.oracle.Given.click;
import static io.customerpulse.domain.oracle.Given.event;
import static io.customerpulse.domain.oracle.Given.line;
import static io.customerpulse.domain.oracle.Given.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.kind.CartAbandonment.ExitOn;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event does that comes after the watermark has passed it. */
class LateEventsTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Rule REMINDER = Given.cartRule("reminder", HOUR, DAY);

  private static Run run(Rule... rules) {
    return Run.of(
        new Scenario(
            List.of(),
            Given.settings(),
            List.of(rules),
            Given.CUTS,
            Instant.MIN,
            T.plus(Duration.ofDays(1000))));
  }

  private static BehaviorEvent add(String skuId, Instant at) {
    return event(at, cart(CartAction.ADD, "c1", line(skuId, 1L, 1000L)));
  }

  private static BehaviorEvent paid(Instant at) {
    return event(at, order("o " + at, OrderStatus.PAID, 5000));
  }

  private static StageTransition late(Stage from, Stage to, Instant at) {
    return new StageTransition(
        Given.TENANT, Given.CUSTOMER.customerId(), from, to, at, TransitionReason.LATE);
  }

  @Test
  void aTransitionLearntLateIsAtTheWatermark() {
    Run run = run().arrive(event(T, click())).passTo(T.plus(DAY));
    run.news();

    assertThat(run.arrive(paid(T.plus(HOUR))).news().transitions())
        .containsExactly(late(Stage.PROSPECT, Stage.NEW, T.plus(DAY)));
  }

  @Test
  void anOldOrderLearntLateLeadsToTheStageOfToday() {
    Instant now = T.plus(Duration.ofDays(31));
    Run run = run().arrive(event(T, click())).passTo(now);
    run.news();

    assertThat(run.arrive(paid(T)).news().transitions())
        .containsExactly(late(Stage.PROSPECT, Stage.AT_RISK, now));
    assertThat(run.passTo(T.plus(Duration.ofDays(90))).news().transitions())
        .extracting(StageTransition::to, StageTransition::at, StageTransition::reason)
        .containsExactly(
            tuple(Stage.DORMANT, T.plus(Duration.ofDays(90)), TransitionReason.SILENCE));
  }

  @Test
  void aLateExitCancelsWhatFiredAfterIt() {
    Run run = run(REMINDER).arrive(add("K", T)).passTo(T.plus(HOUR.multipliedBy(2)));
    Trigger fired = run.news().triggers().get(0);

    Told told = run.arrive(paid(T.plus(Duration.ofMinutes(30)))).news();
    assertThat(told.triggers())
        .singleElement()
        .satisfies(
            cancel -> {
              assertThat(cancel.action()).isEqualTo(TriggerAction.CANCEL);
              assertThat(cancel.triggerId()).isEqualTo(fired.triggerId());
            });
    assertThat(told.outcomes())
        .extracting(TriggerOutcome::triggerId, TriggerOutcome::outcome)
        .containsExactly(tuple(fired.triggerId(), Outcome.CANCELLED));

    Told again = run.arrive(paid(T.plus(Duration.ofMinutes(40)))).news();
    assertThat(again.triggers()).isEmpty();
    assertThat(again.outcomes()).isEmpty();
    assertThat(run.passTo(T.plus(DAY.multipliedBy(3))).news().triggers()).isEmpty();
  }

  @Test
  void anExitAtTheMomentOfTheFireCancelsAndOneAfterItConverts() {
    Run cancelled = run(REMINDER).arrive(add("K", T)).passTo(T.plus(HOUR.multipliedBy(2)));
    cancelled.news();
    assertThat(cancelled.arrive(paid(T.plus(HOUR))).news().outcomes())
        .extracting(TriggerOutcome::outcome)
        .containsExactly(Outcome.CANCELLED);

    Run converted = run(REMINDER).arrive(add("K", T)).passTo(T.plus(HOUR.multipliedBy(2)));
    converted.news();
    assertThat(converted.arrive(paid(T.plus(HOUR).plusMillis(1))).news().outcomes())
        .extracting(TriggerOutcome::outcome, TriggerOutcome::revenueMinor)
        .containsExactly(tuple(Outcome.CONVERTED, 5000L));
  }

  @Test
  void aLateExitCancelsUpToSevenDaysAfterTheFire() {
    Instant limit = T.plus(HOUR).plus(Duration.ofDays(7));
    Rule once = Given.cartRule("once", HOUR);
    Run inTime = run(once).arrive(add("K", T)).passTo(limit);
    inTime.news();
    assertThat(inTime.arrive(paid(T.plusSeconds(1))).news().triggers()).hasSize(1);

    Run tooLate = run(once).arrive(add("K", T)).passTo(limit.plusMillis(1));
    tooLate.news();
    assertThat(tooLate.arrive(paid(T.plusSeconds(1))).news().triggers()).isEmpty();
  }

  @Test
  void aLateRefreshMovesOnlyWhatHasNotFired() {
    Run run = run(REMINDER).arrive(add("K", T)).passTo(T.plus(HOUR.multipliedBy(2)));
    run.news();

    Instant refreshed = T.plus(Duration.ofMinutes(30));
    Told told = run.arrive(add("L", refreshed)).passTo(T.plus(DAY.multipliedBy(3))).news();
    assertThat(told.triggers())
        .extracting(Trigger::step, Trigger::dueAt, Trigger::firedAt)
        .containsExactly(tuple(2, refreshed.plus(DAY), refreshed.plus(DAY)));
  }

  @Test
  void aRefreshOlderThanTheLastOneMovesNothing() {
    Instant last = T.plus(Duration.ofMinutes(50));
    Run run =
        run(REMINDER)
            .arrive(add("K", T))
            .arrive(add("L", last))
            .passTo(T.plus(Duration.ofMinutes(55)));
    run.news();

    Told told = run.arrive(add("M", T.plusSeconds(60))).passTo(last.plus(HOUR)).news();
    assertThat(told.triggers()).extracting(Trigger::firedAt).containsExactly(last.plus(HOUR));
  }

  @Test
  void aStepThatIsPastWhenLearntFiresAtOnceWhileItIsValid() {
    Instant now = T.plus(HOUR.multipliedBy(2));
    Run run = run(REMINDER).arrive(event(T, click())).passTo(now);
    run.news();

    assertThat(run.arrive(add("K", T)).passTo(now).news().triggers())
        .extracting(Trigger::step, Trigger::dueAt, Trigger::firedAt)
        .containsExactly(tuple(1, T.plus(HOUR), now));
  }

  @Test
  void aStepThatIsNoLongerValidWhenLearntExpires() {
    Rule brief =
        new RuleBuilder("brief", Kinds.CART_ABANDONMENT)
            .steps(List.of(HOUR))
            .validFor(Duration.ofMinutes(30))
            .build();
    Instant valid = T.plus(Duration.ofMinutes(90));
    Run inTime = run(brief).arrive(event(T, click())).passTo(valid);
    assertThat(inTime.arrive(add("K", T)).passTo(valid).news().triggers()).hasSize(1);

    Run tooLate = run(brief).arrive(event(T, click())).passTo(valid.plusMillis(1));
    tooLate.news();
    Told told = tooLate.arrive(add("K", T)).passTo(valid.plusMillis(1)).news();
    assertThat(told.triggers()).isEmpty();
    assertThat(told.outcomes())
        .extracting(TriggerOutcome::outcome, TriggerOutcome::step)
        .containsExactly(tuple(Outcome.EXPIRED, 1));
  }

  @Test
  void aLateAddBeforeAKnownPurchaseOpensNothing() {
    for (ExitOn exitOn : ExitOn.values()) {
      Rule rule = new RuleBuilder("rule", Kinds.CART_ABANDONMENT).exitOn(exitOn).build();
      Instant now = T.plus(HOUR.multipliedBy(3));
      Run run = run(rule).arrive(paid(T.plus(HOUR))).passTo(now);
      run.news();

      Told told = run.arrive(add("K", T)).passTo(T.plus(DAY.multipliedBy(9))).news();
      assertThat(told.triggers()).as("exit on %s", exitOn).isEmpty();
      assertThat(told.outcomes()).as("exit on %s", exitOn).isEmpty();
    }
  }

  @Test
  void aLateAddOfWhatWasBoughtSinceDoesNotLieInTheCart() {
    Run run = run();
    run.arrive(
            event(
                T.plus(HOUR),
                new Payload.Purchase(
                    "o", OrderStatus.PAID, 1000, "CNY", List.of(line("K", 1L, 1000L)), null, null)))
        .passTo(T.plus(HOUR.multipliedBy(2)));
    run.arrive(add("K", T)).arrive(add("L", T));

    assertThat(run.state().facts().carts().lineCount()).isEqualTo(1);
  }

  @Test
  void aLateClearLeavesWhatCameAfterIt() {
    Run run = run().arrive(add("K", T)).arrive(add("L", T.plus(HOUR))).passTo(T.plus(DAY));
    run.arrive(event(T.plus(Duration.ofMinutes(30)), cart(CartAction.CLEAR, "c1")));

    assertThat(run.state().facts().carts().get(Given.cartKey("c1")).contents())
        .extracting(line -> line.skuId())
        .containsExactly("L");
  }

  @Test
  void aLateVisitProvesAReactivationWrong() {
    Rule rule =
        new RuleBuilder("wake-up", Kinds.REACTIVATION)
            .steps(List.of(Duration.ZERO, Duration.ofDays(14)))
            .build();
    Instant dormant = T.plus(Duration.ofDays(90));
    Run run = run(rule).arrive(paid(T)).passTo(dormant.plus(DAY));
    assertThat(run.news().triggers()).extracting(Trigger::firedAt).containsExactly(dormant);

    Instant visit = dormant.minus(DAY);
    Told told = run.arrive(event(visit, click())).news();
    assertThat(told.triggers()).extracting(Trigger::action).containsExactly(TriggerAction.CANCEL);
    assertThat(told.outcomes())
        .extracting(TriggerOutcome::outcome)
        .containsExactly(Outcome.CANCELLED);

    // When the time has passed without another visit, it is due after all.
    Instant due = visit.plus(Duration.ofDays(14));
    assertThat(run.passTo(due).news().triggers())
        .extracting(Trigger::action, Trigger::firedAt)
        .containsExactly(tuple(TriggerAction.FIRE, due));
  }

  @Test
  void aVisitLearntLateReopensAReactivationThatHadSentItsLastStep() {
    Rule winBack = Given.reactivationRule("win-back", Duration.ZERO, HOUR);
    Instant asleep = T.plus(DAY.multipliedBy(90));
    Run run = run(winBack).arrive(paid(T)).passTo(asleep.plus(DAY));
    assertThat(run.news().triggers()).extracting(Trigger::step).containsExactly(1, 2);
    assertThat(run.state().episodes().live()).isEmpty();

    Instant visit = asleep.minus(DAY);
    run.arrive(event(visit, click()));
    assertThat(run.news().triggers())
        .extracting(Trigger::action, Trigger::step)
        .containsExactly(tuple(TriggerAction.CANCEL, 1), tuple(TriggerAction.CANCEL, 2));
    Instant silent = visit.plus(DAY.multipliedBy(14));
    assertThat(run.passTo(asleep.plus(DAY.multipliedBy(60))).news().triggers())
        .extracting(Trigger::action, Trigger::step, Trigger::firedAt)
        .containsExactly(
            tuple(TriggerAction.FIRE, 1, silent), tuple(TriggerAction.FIRE, 2, silent.plus(HOUR)));
  }

  @Test
  void aVisitOfLongBeforeReopensNoReactivation() {
    Rule winBack = Given.reactivationRule("win-back", Duration.ZERO);
    Instant asleep = T.plus(DAY.multipliedBy(90));
    Run run = run(winBack).arrive(paid(T)).passTo(asleep.plus(DAY));
    run.news();
    run.arrive(event(asleep.minus(DAY.multipliedBy(14)), click()));
    assertThat(run.passTo(asleep.plus(DAY.multipliedBy(60))).news().triggers()).isEmpty();
  }
}
