package io.customerpulse.domain.episode;

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
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that change while episodes live. */
class RuleChangesTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

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

  private static Rule reminder(int version, Instant activatedAt, Duration... steps) {
    return reminder(version, activatedAt, ExitOn.ANY, steps);
  }

  private static Rule reminder(int version, Instant activatedAt, ExitOn exitOn, Duration... steps) {
    return new RuleBuilder("reminder", Kinds.CART_ABANDONMENT)
        .version(version)
        .activatedAt(activatedAt)
        .exitOn(exitOn)
        .steps(List.of(steps))
        .build();
  }

  private static PublishedRule published(Rule... versions) {
    return new PublishedRule(
        PublishedRule.ALL, versions[0].id(), List.of(versions), false, null, false);
  }

  private static PublishedRule word(boolean paused, Instant retiredAt, boolean endLive) {
    return new PublishedRule(PublishedRule.ALL, "reminder", List.of(), paused, retiredAt, endLive);
  }

  private static BehaviorEvent add(String cartId, String skuId, Instant at) {
    return event(at, cart(CartAction.ADD, cartId, line(skuId, 1L, 1000L)));
  }

  private static List<Integer> versions(Told told) {
    return told.triggers().stream().map(Trigger::ruleVersion).toList();
  }

  @Test
  void aLiveEpisodeKeepsItsVersionAndANewOneTakesTheNext() {
    Rule first = reminder(1, null, HOUR, DAY);
    Instant active = T.plus(HOUR.dividedBy(2));
    Rule second = reminder(2, active, HOUR.multipliedBy(2));
    Run run = run(first).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(published(first, second)));
    run.arrive(add("c2", "K1", active.minusMillis(1)));
    run.arrive(add("c3", "K1", active));
    // A change of the first cart moves its steps and not its version.
    run.arrive(add("c1", "K2", active.plusMillis(1)));
    Told told = run.passTo(T.plus(DAY.multipliedBy(2))).news();
    assertThat(told.triggers())
        .extracting(t -> t.evidence().cartId(), Trigger::ruleVersion, Trigger::firedAt)
        .containsExactly(
            tuple("c2", 1, active.minusMillis(1).plus(HOUR)),
            tuple("c1", 1, active.plusMillis(1).plus(HOUR)),
            tuple("c3", 2, active.plus(HOUR.multipliedBy(2))),
            tuple("c2", 1, active.minusMillis(1).plus(DAY)),
            tuple("c1", 1, active.plusMillis(1).plus(DAY)));
  }

  @Test
  void aCartWithALiveEpisodeOpensNoSecondOneUnderTheNextVersion() {
    Rule first = reminder(1, null, HOUR);
    Rule second = reminder(2, T.plusSeconds(60), HOUR);
    Run run = run(first).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(published(first, second)));
    run.arrive(add("c1", "K2", T.plusSeconds(120)));
    assertThat(versions(run.passTo(T.plus(DAY)).news())).containsExactly(1);
    run.arrive(add("c1", "K3", T.plus(DAY)));
    assertThat(versions(run.passTo(T.plus(DAY).plus(DAY)).news())).containsExactly(2);
  }

  @Test
  void anEpisodeExitsByItsOwnVersion() {
    Rule first = reminder(1, null, ExitOn.CART, HOUR);
    Rule second = reminder(2, T.plusSeconds(60), ExitOn.ANY, HOUR);
    Run run = run(first).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(published(first, second)));
    run.arrive(add("c2", "K2", T.plusSeconds(60)));
    run.arrive(
        event(
            T.plusSeconds(120),
            new Payload.Purchase("o1", OrderStatus.PAID, 500, "CNY", List.of(), "c9", null)));
    Told told = run.passTo(T.plus(DAY)).news();
    assertThat(told.triggers())
        .extracting(t -> t.evidence().cartId(), Trigger::ruleVersion)
        .containsExactly(tuple("c1", 1));
  }

  @Test
  void aFireIsCancelledByTheExitOfItsOwnVersion() {
    Rule first = reminder(1, null, ExitOn.ANY, HOUR);
    Rule second = reminder(2, T.plus(DAY), ExitOn.CART, HOUR);
    Run run = run(first).arrive(add("c1", "K1", T)).passTo(T.plus(HOUR));
    run.publish(book -> book.with(published(first, second)));
    run.news();
    run.passTo(T.plus(HOUR.multipliedBy(3)));
    Told told = run.arrive(event(T.plus(HOUR), order("o1", OrderStatus.PAID, 500))).news();
    assertThat(told.triggers())
        .extracting(Trigger::action, Trigger::ruleVersion)
        .containsExactly(tuple(TriggerAction.CANCEL, 1));
  }

  @Test
  void noBurstOfOldStepsWhenARuleIsPausedAndResumed() {
    Rule rule = reminder(1, null, HOUR, HOUR.multipliedBy(2), HOUR.multipliedBy(3));
    Run run = run(rule).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(word(true, null, false)));
    Told paused = run.passTo(T.plus(HOUR.multipliedBy(2))).news();
    assertThat(paused.triggers()).isEmpty();
    assertThat(paused.outcomes())
        .extracting(TriggerOutcome::step, TriggerOutcome::outcome, TriggerOutcome::reason)
        .containsExactly(
            tuple(1, Outcome.SUPPRESSED, TriggerReason.PAUSED),
            tuple(2, Outcome.SUPPRESSED, TriggerReason.PAUSED));
    run.publish(book -> book.with(word(false, null, false)));
    assertThat(run.passTo(T.plus(HOUR.multipliedBy(3)).minusMillis(1)).news().triggers()).isEmpty();
    assertThat(run.passTo(T.plus(DAY)).news().triggers())
        .extracting(Trigger::step)
        .containsExactly(3);
  }

  @Test
  void noBurstOfOldStepsWhenARuleIsRetiredAndPublishedAgain() {
    Rule first = reminder(1, null, HOUR, DAY, DAY.multipliedBy(3));
    Instant again = T.plus(DAY.multipliedBy(2));
    Rule second = reminder(2, again, HOUR, DAY, DAY.multipliedBy(3));
    Run run = run(first);
    for (int cart = 0; cart < 10; cart++) {
      run.arrive(add("c" + cart, "K1", T.plusMillis(cart)));
    }
    run.passTo(T.plusSeconds(1));
    run.publish(book -> book.with(word(false, T.plusSeconds(30), true)));
    run.arrive(add("meanwhile", "K1", T.plus(HOUR)));
    assertThat(run.passTo(again.minusMillis(1)).news().triggers()).isEmpty();

    run.publish(book -> book.with(published(first, second)));
    run.arrive(add("new", "K1", again));
    assertThat(run.passTo(again.plus(DAY.multipliedBy(10))).news().triggers())
        .extracting(t -> t.evidence().cartId(), Trigger::step, Trigger::firedAt)
        .containsExactly(
            tuple("new", 1, again.plus(HOUR)),
            tuple("new", 2, again.plus(DAY)),
            tuple("new", 3, again.plus(DAY.multipliedBy(3))));
  }

  @Test
  void whatWentOnThroughARetirementIsNotSentTwiceWhenTheRuleComesBack() {
    Rule first = reminder(1, null, HOUR, DAY);
    Instant again = T.plus(HOUR.multipliedBy(2));
    Rule second = reminder(2, again, HOUR, DAY);
    Run run = run(first).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(word(false, T.plusSeconds(30), false)));
    run.passTo(again);
    run.publish(book -> book.with(published(first, second)));
    assertThat(run.passTo(T.plus(DAY.multipliedBy(10))).news().triggers())
        .extracting(Trigger::step, Trigger::ruleVersion)
        .containsExactly(tuple(1, 1), tuple(2, 1));
  }

  @Test
  void aRetiredRuleLetsWhatIsLiveFinish() {
    Run run = run(reminder(1, null, HOUR)).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(word(false, T.plusSeconds(30), false)));
    run.arrive(add("c2", "K1", T.plusSeconds(30)));
    assertThat(run.passTo(T.plus(DAY)).news().triggers())
        .extracting(t -> t.evidence().cartId())
        .containsExactly("c1");
  }

  @Test
  void aRetirementThatEndsWhatIsLiveEndsItWithoutAWord() {
    Run run = run(reminder(1, null, HOUR)).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(word(false, T.plusSeconds(30), true)));
    run.news();
    Told told = run.passTo(T.plus(DAY)).news();
    assertThat(told.triggers()).isEmpty();
    assertThat(told.outcomes()).isEmpty();
    assertThat(run.state().episodes().live()).isEmpty();
  }

  @Test
  void aStepDueBeforeTheRetirementThatEndsWhatIsLiveStillFires() {
    Run run = run(reminder(1, null, HOUR)).arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.with(word(false, T.plus(HOUR).plusMillis(1), true)));
    assertThat(run.passTo(T.plus(DAY)).news().triggers()).hasSize(1);
  }

  @Test
  void aRuleThatIsTakenAwayEndsWhatIsLive() {
    Run run = run().publish(book -> book.with(published(reminder(1, null, HOUR))));
    run.arrive(add("c1", "K1", T)).passTo(T);
    run.publish(book -> book.without("*:reminder"));
    assertThat(run.passTo(T.plus(DAY)).news().triggers()).isEmpty();
    assertThat(run.state().episodes().live()).isEmpty();
  }

  @Test
  void aRuleOpensByTimeOnlyWhatComesAfterItsActivation() {
    Rule winBack =
        new RuleBuilder("win-back", Kinds.REACTIVATION)
            .activatedAt(T.plus(DAY.multipliedBy(50)))
            .steps(List.of(Duration.ZERO))
            .build();
    // Dormant after 90 days: after the activation, at whose publication nobody had a timer for it.
    Run run = run().arrive(event(T, order("o1", OrderStatus.PAID, 500)));
    run.passTo(T.plus(DAY.multipliedBy(49)));
    run.publish(book -> book.with(published(winBack)));
    assertThat(run.passTo(T.plus(DAY.multipliedBy(91))).news().triggers())
        .extracting(Trigger::firedAt)
        .containsExactly(T.plus(DAY.multipliedBy(90)));
  }

  @Test
  void aRuleDoesNotOpenWhatTimeHadBroughtBeforeItsActivation() {
    Rule winBack =
        new RuleBuilder("win-back", Kinds.REACTIVATION)
            .activatedAt(T.plus(DAY.multipliedBy(100)))
            .steps(List.of(Duration.ZERO))
            .build();
    Run run = run().arrive(event(T, order("o1", OrderStatus.PAID, 500)));
    run.passTo(T.plus(DAY.multipliedBy(95)));
    run.publish(book -> book.with(published(winBack)));
    assertThat(run.passTo(T.plus(DAY.multipliedBy(200))).news().triggers()).isEmpty();
    // The activity puts the silence off, and its end lies after the activation.
    run.arrive(event(T.plus(DAY.multipliedBy(200)), click()));
    assertThat(run.passTo(T.plus(DAY.multipliedBy(215))).news().triggers())
        .extracting(Trigger::firedAt)
        .containsExactly(T.plus(DAY.multipliedBy(214)));
  }
}
