package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.click;
import static io.customerpulse.domain.oracle.Given.order;
import static io.customerpulse.domain.oracle.Given.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Trigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageEnteredTest {
  private static Rule rule(Duration step, Stage... stages) {
    return new RuleBuilder("stage", Kinds.STAGE_ENTERED)
        .stages(stages)
        .steps(List.of(step))
        .build();
  }

  @Test
  void firesWhenAnEventBringsTheStage() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.NEW, Stage.PROSPECT));
    customer
        .does("2024-03-01T12:00", click())
        .does("2024-03-02T12:00", order("o1", OrderStatus.PAID, 5000));
    List<Trigger> fired = customer.until("2024-03-03T12:00").news().triggers();
    assertThat(fired)
        .extracting(Customer::line)
        .containsExactly("FIRE stage 1 2024-03-01T12:00", "FIRE stage 1 2024-03-02T12:00");
    assertThat(fired.get(1).evidence().stage()).isEqualTo(Stage.NEW);
    assertThat(fired.get(1).evidence().daysSilent()).isZero();
    assertThat(fired.get(1).evidence().openedBy()).isNotNull();
  }

  @Test
  void firesWhenTimeBringsTheStageOfWhicheverOfItsStages() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.AT_RISK, Stage.DORMANT));
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000));
    List<Trigger> fired = customer.until("2024-12-01T12:00").news().triggers();
    assertThat(fired)
        .extracting(Customer::line)
        .containsExactly("FIRE stage 1 2024-03-31T12:00", "FIRE stage 1 2024-05-30T12:00");
    assertThat(fired.get(1).evidence().daysSilent()).isEqualTo(90);
    assertThat(fired.get(1).evidence().openedBy()).isNull();
    assertThat(fired).extracting(Trigger::episodeId).doesNotHaveDuplicates();
  }

  @Test
  void closesWhenTheStageIsLeftAlsoAtTheDueInstant() {
    Customer customer = new Customer(rule(Duration.ofDays(5), Stage.AT_RISK));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-04-05T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-04-20T12:00").triggers()).isEmpty();
  }

  @Test
  void opensAgainWhenTheStageComesAgain() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.AT_RISK));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-04-05T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-05-20T12:00").triggers())
        .containsExactly("FIRE stage 1 2024-03-31T12:00", "FIRE stage 1 2024-05-05T12:00");
  }

  @Test
  void aStageReachedThroughARefundCounts() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.PROSPECT));
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.triggers()).isEmpty();
    customer.does("2024-03-02T12:00", refund("o1", "r1", 0, true));
    assertThat(customer.triggers()).containsExactly("FIRE stage 1 2024-03-02T12:00");
  }

  @Test
  void anOrderLearntLateCancelsWhatWasSentForAStageThatWasNone() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.AT_RISK));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .until("2024-04-02T12:00");
    assertThat(customer.triggers()).hasSize(1);
    customer.didLate("2024-03-20T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.outcomes()).containsExactly("CANCELLED stage_left stage 1");
    assertThat(customer.until("2024-05-01T12:00").triggers())
        .containsExactly("FIRE stage 1 2024-04-19T12:00");
  }

  @Test
  void anOrderLearntLateThatCameAfterTheFireCancelsNothing() {
    Customer customer = new Customer(rule(Duration.ZERO, Stage.AT_RISK));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .until("2024-04-02T12:00");
    customer.news();
    customer.didLate("2024-04-01T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.outcomes()).containsExactly("CONVERTED order stage 1");
  }
}
