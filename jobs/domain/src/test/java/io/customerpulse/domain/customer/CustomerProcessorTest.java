package io.customerpulse.domain.customer;

import static io.customerpulse.domain.oracle.Given.cart;
import static io.customerpulse.domain.oracle.Given.click;
import static io.customerpulse.domain.oracle.Given.event;
import static io.customerpulse.domain.oracle.Given.line;
import static io.customerpulse.domain.oracle.Given.order;
import static io.customerpulse.domain.oracle.Given.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single cases that deserve a name; the property test has all the others. */
class CustomerProcessorTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

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

  private static Instant days(int days) {
    return T.plus(Duration.ofDays(days));
  }

  @Test
  void anEventAtTheInstantOfADueStepCountsBeforeIt() {
    Run run = run(Given.cartRule("reminder", HOUR));
    run.arrive(event(T, cart(CartAction.ADD, "c1", line("K", 1L, 1000L))))
        .arrive(event(T.plus(HOUR), order("o", OrderStatus.PAID, 1000)))
        .passTo(days(2));
    assertThat(run.news().triggers()).isEmpty();
  }

  @Test
  void anOrderAtTheInstantAtWhichSilenceWouldBeCompleteKeepsTheCustomerAwake() {
    Run run = run();
    run.arrive(event(T, order("o1", OrderStatus.PAID, 1000)))
        .arrive(event(days(30), order("o2", OrderStatus.PAID, 1000)))
        .passTo(days(31));
    assertThat(run.news().transitions())
        .extracting(StageTransition::reason)
        .containsExactly(
            TransitionReason.FIRST_SEEN,
            TransitionReason.FIRST_ORDER,
            TransitionReason.REPEAT_ORDER);
  }

  @Test
  void theCompletionOfAnOrderThatIsNoLongerKeptEndsNoCart() {
    Run run = run(Given.cartRule("reminder", HOUR));
    int orders = OrderBook.ORDER_LIMIT + 20;
    for (int i = 0; i < orders; i++) {
      run.arrive(event(T.plus(HOUR.multipliedBy(i)), order("o" + i, OrderStatus.PAID, 1000)));
    }
    Instant filled = days(40);
    run.arrive(event(filled, cart(CartAction.ADD, "c1", line("K", 1L, 1000L))));
    for (int i = 0; i < orders; i++) {
      run.arrive(event(filled.plusSeconds(5L * i), order("o" + i, OrderStatus.COMPLETED, 1000)));
    }
    run.arrive(event(filled.plus(HOUR), refund("o0", "r", 1000, true))).passTo(days(1000));

    Told told = run.news();
    assertThat(told.triggers()).extracting(Trigger::firedAt).containsExactly(filled.plus(HOUR));
    assertThat(told.profile().orders()).isEqualTo(orders - 1L);
    assertThat(told.profile().netSpendMinor()).isEqualTo(1000L * (orders - 1));
    assertThat(told.profile().unmatchedRefundsMinor()).isZero();
  }

  @Test
  void anOrderTakenUpAgainMovesTheStageWhenItIsAndWhereItStood() {
    Run run = run();
    run.arrive(event(T, order("o", OrderStatus.PAID, 1000)))
        .arrive(event(days(1), order("o", OrderStatus.CLOSED, 1000)))
        .arrive(event(days(40), order("o", OrderStatus.COMPLETED, 1000)))
        .passTo(days(41));
    assertThat(run.news().transitions())
        .extracting(StageTransition::at, StageTransition::to, StageTransition::reason)
        .containsExactly(
            tuple(T, Stage.PROSPECT, TransitionReason.FIRST_SEEN),
            tuple(T, Stage.NEW, TransitionReason.FIRST_ORDER),
            tuple(days(1), Stage.PROSPECT, TransitionReason.REFUNDED),
            tuple(days(40), Stage.AT_RISK, TransitionReason.FIRST_ORDER));
  }

  @Test
  void anErasureForgetsAllAndCancelsWhatStands() {
    Run run = run(Given.cartRule("reminder", HOUR));
    run.arrive(event(T, cart(CartAction.ADD, "c1", line("K", 1L, 1000L))))
        .passTo(T.plus(HOUR))
        .arrive(event(days(1), Given.erase()))
        .passTo(days(1));
    Told told = run.news();
    assertThat(told.triggers())
        .extracting(Trigger::action)
        .containsExactly(TriggerAction.FIRE, TriggerAction.CANCEL);
    assertThat(told.transitions())
        .extracting(StageTransition::to, StageTransition::reason)
        .last()
        .isEqualTo(tuple(null, TransitionReason.ERASED));
    assertThat(told.removals()).isEqualTo(1);

    assertThat(run.arrive(event(T.plusSeconds(1), click())).news().rejected()).hasSize(1);
    run.arrive(event(days(2), click())).passTo(days(2));
    assertThat(run.news().transitions())
        .extracting(StageTransition::from, StageTransition::reason)
        .containsExactly(tuple(null, TransitionReason.FIRST_SEEN));
    run.passTo(days(31));
    assertThat(run.arrive(event(T.plusSeconds(2), click())).news().accepted()).hasSize(1);
  }

  @Test
  void theThousandAndFirstEventOfAMinuteIsRefused() {
    Run run = run();
    for (int i = 0; i <= RateWindow.LIMIT; i++) {
      run.arrive(event("e" + i, T.plusMillis(i), null, Given.APP, click()));
    }
    Told told = run.passTo(days(1)).news();
    assertThat(told.accepted()).hasSize(RateWindow.LIMIT);
    assertThat(told.rejected()).containsExactly("e" + RateWindow.LIMIT);
  }

  @Test
  void anErasureIsNeverRefusedForAFlood() {
    Run run = run();
    for (int i = 0; i <= RateWindow.LIMIT; i++) {
      run.arrive(event("e" + i, T.plusMillis(i), null, Given.APP, click()));
    }
    run.arrive(event("erase", T.plusSeconds(2), null, Given.APP, Given.erase()));
    Told told = run.passTo(days(1)).news();
    assertThat(told.accepted()).hasSize(RateWindow.LIMIT + 1).contains("erase");
    assertThat(told.removals()).isEqualTo(1);
  }

  @Test
  void anOrderThatDoesNotCountGivesNoReasonOfAnOrder() {
    Run run = run();
    // Completed with nothing to pay; more is given back than is told of its payment later on.
    run.arrive(event(T, order("o1", OrderStatus.COMPLETED, 0)))
        .arrive(event(days(1), refund("o1", "r1", 500, false)))
        .arrive(event(days(2), order("o1", OrderStatus.PAID, 400)))
        .arrive(event(days(3), order("o2", OrderStatus.PAID, 1000)))
        .arrive(event(days(4), order("o3", OrderStatus.CREATED, 1000)))
        .arrive(event(days(5), order("o2", OrderStatus.CLOSED, 1000)))
        .passTo(days(6));
    assertThat(run.news().transitions())
        .extracting(StageTransition::to, StageTransition::at, StageTransition::reason)
        .containsExactly(
            tuple(Stage.PROSPECT, T, TransitionReason.FIRST_SEEN),
            tuple(Stage.NEW, T, TransitionReason.FIRST_ORDER),
            tuple(Stage.PROSPECT, days(2), TransitionReason.REFUNDED),
            tuple(Stage.NEW, days(3), TransitionReason.FIRST_ORDER),
            tuple(Stage.PROSPECT, days(5), TransitionReason.REFUNDED));
  }

  @Test
  void aStateThatIsNotNeededAnyMoreIsGivenUp() {
    Run run = run().arrive(event(T, click())).passTo(T);
    run.arrive(event(days(1), Given.erase())).passTo(days(31));
    assertThat(run.state()).isEqualTo(CustomerState.unseen(Given.CUSTOMER));
  }

  @Test
  void liftLooksAtTheFirstStepAlone() {
    // The fire of the second rule lets go of what the first one fired ten days before.
    Run run =
        run(
            Given.reactivationRule("first", Duration.ZERO, Duration.ofDays(14)),
            Given.reactivationRule("second", Duration.ofDays(10)));
    run.arrive(event(T, order("o1", OrderStatus.PAID, 1000))).passTo(days(105));
    assertThat(run.news().triggers()).extracting(Trigger::step).containsExactly(1, 1, 2);

    run.arrive(event(days(106), order("o2", OrderStatus.PAID, 1000))).passTo(days(106));
    assertThat(run.news().outcomes())
        .extracting(TriggerOutcome::step, TriggerOutcome::liftConverted)
        .containsExactlyInAnyOrder(tuple(1, true), tuple(2, false));
  }

  @Test
  void anOrderOfWhatHasLeftTheCartSilentlyEndsNothing() {
    Run run =
        run(
            new RuleBuilder("reminder", Kinds.CART_ABANDONMENT)
                .exitOn(ExitOn.SKU)
                .steps(List.of(HOUR.multipliedBy(3)))
                .build());
    run.arrive(event(T, cart(CartAction.ADD, "c1", line("old", 1L, 1000L)))).passTo(days(89));
    run.news();

    Instant added = days(90).minus(HOUR);
    run.arrive(event(added, cart(CartAction.ADD, "c1", line("new", 1L, 1000L))))
        .arrive(
            event(
                days(90).plus(HOUR),
                new Payload.Purchase(
                    "o",
                    OrderStatus.PAID,
                    1000,
                    "CNY",
                    List.of(line("old", 1L, 1000L)),
                    null,
                    null)))
        .passTo(days(91));
    assertThat(run.news().triggers())
        .extracting(Trigger::firedAt)
        .containsExactly(added.plus(HOUR.multipliedBy(3)));
  }

  @Test
  void anEventThatLeavesTheLinesEqualInTheEndIsNoChange() {
    Run run = run(Given.cartRule("reminder", HOUR));
    run.arrive(event(T, cart(CartAction.ADD, "c1", line("K", 1L, 1000L))))
        .arrive(
            event(
                T.plusSeconds(60),
                cart(CartAction.SET, "c1", line("K", 0L, 1000L), line("K", 1L, 1000L))))
        .passTo(days(1));
    assertThat(run.news().triggers()).extracting(Trigger::firedAt).containsExactly(T.plus(HOUR));
  }
}
