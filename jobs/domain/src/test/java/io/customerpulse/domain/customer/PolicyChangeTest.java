package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.rfm.ThresholdScoring;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A customer was judged by one policy, and after a restart the settings ask for another. */
class PolicyChangeTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private static Instant day(int day) {
    return T.plus(Duration.ofDays(day));
  }

  private static Context context(Settings.Policy policy, Instant watermark) {
    Settings settings =
        Given.settings(
            Given.SHANGHAI,
            Duration.ofDays(365),
            Given.lifecycle(policy),
            Given.settings().triggers());
    return new Context(
        watermark,
        Instant.MIN,
        null,
        settings,
        RuleBook.of(RuleSet.EMPTY),
        new ThresholdScoring(Given.CUTS));
  }

  private static CustomerState buyerEvery20Days(Settings.Policy policy) {
    CustomerState state = CustomerState.unseen(Given.CUSTOMER);
    for (int day = 0; day <= 40; day += 20) {
      BehaviorEvent order = Given.event(day(day), Given.order("o" + day, OrderStatus.PAID, 100));
      state =
          CustomerProcessor.onEvents(state, List.of(order), day(day), context(policy, day(day)))
              .next();
    }
    return state;
  }

  private static List<StageTransition> transitions(Decision<CustomerState, Effect> decision) {
    return Told.of(decision.effects()).transitions();
  }

  @Test
  void theWakeMovesToWhatTheNewPolicySays() {
    CustomerState state = buyerEvery20Days(Settings.Policy.FIXED);
    // Nothing to publish any more, so that the stage alone decides the wake.
    state =
        CustomerProcessor.onTimer(state, day(41), context(Settings.Policy.FIXED, day(41))).next();
    Decision<CustomerState, Effect> asked =
        CustomerProcessor.onTimer(state, day(41), context(Settings.Policy.CADENCE, day(41)));
    assertThat(transitions(asked)).isEmpty();
    assertThat(asked.nextTimer()).isEqualTo(day(70));

    Decision<CustomerState, Effect> woken =
        CustomerProcessor.onTimer(asked.next(), day(71), context(Settings.Policy.CADENCE, day(71)));
    assertThat(transitions(woken))
        .extracting(StageTransition::to, StageTransition::at)
        .containsExactly(tuple(Stage.AT_RISK, day(70)));
  }

  /** By cadence the customer is at risk from day 70, dormant from day 80; fixed says 70 and 130. */
  @Test
  void whoIsInAnotherStageByTheNewPolicyEntersItWhenItIsLearnt() {
    CustomerState state = buyerEvery20Days(Settings.Policy.FIXED);
    state =
        CustomerProcessor.onTimer(state, day(85), context(Settings.Policy.FIXED, day(85))).next();
    assertThat(state.stage().stage()).isEqualTo(Stage.AT_RISK);
    Decision<CustomerState, Effect> asked =
        CustomerProcessor.onTimer(state, day(86), context(Settings.Policy.CADENCE, day(86)));
    // Settled up to day 70, where the stage was right by either policy: its own moment is dated.
    assertThat(transitions(asked))
        .extracting(StageTransition::to, StageTransition::at)
        .containsExactly(tuple(Stage.DORMANT, day(80)));

    CustomerState visited =
        CustomerProcessor.onEvents(
                state,
                List.of(Given.event(day(90), Given.click())),
                day(91),
                context(Settings.Policy.FIXED, day(91)))
            .next();
    asked = CustomerProcessor.onTimer(visited, day(92), context(Settings.Policy.CADENCE, day(92)));
    // Settled up to day 90: day 80 has been told otherwise already.
    assertThat(transitions(asked))
        .extracting(StageTransition::from, StageTransition::to, StageTransition::at)
        .containsExactly(tuple(Stage.AT_RISK, Stage.DORMANT, day(92)));
    assertThat(asked.next().stage().stage()).isEqualTo(Stage.DORMANT);
    Decision<CustomerState, Effect> again =
        CustomerProcessor.onTimer(asked.next(), day(93), context(Settings.Policy.CADENCE, day(93)));
    assertThat(transitions(again)).isEmpty();
  }
}
