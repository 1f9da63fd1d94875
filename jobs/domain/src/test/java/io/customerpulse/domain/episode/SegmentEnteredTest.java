package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.click;
import static io.customerpulse.domain.oracle.Given.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleFilter;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentEnteredTest {
  private static Rule rule(Duration step, String... segments) {
    return new RuleBuilder("segment", Kinds.SEGMENT_ENTERED)
        .segments(segments)
        .steps(List.of(step))
        .build();
  }

  @Test
  void isJudgedAtTheCustomersOwnEvents() {
    Customer customer = new Customer(rule(Duration.ZERO, "prospect", "new"));
    customer
        .does("2024-03-01T12:00", click())
        .does("2024-03-01T13:00", click())
        .does("2024-03-02T12:00", order("o1", OrderStatus.PAID, 5000));
    List<Trigger> fired = customer.news().triggers();
    assertThat(fired)
        .extracting(Customer::line)
        .containsExactly("FIRE segment 1 2024-03-01T12:00", "FIRE segment 1 2024-03-02T12:00");
    assertThat(fired.get(1).evidence().cutsVersion()).isEqualTo("thresholds");
    assertThat(fired.get(1).evidence().rScore()).isEqualTo(5);
  }

  @Test
  void isJudgedDailyAnHourAfterMidnight() {
    // R falls to 4 once 8 days lie between: new becomes promising.
    Customer customer = new Customer(rule(Duration.ZERO, "promising"));
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000));
    List<Trigger> fired = customer.until("2024-03-20T12:00").news().triggers();
    assertThat(fired).extracting(Customer::line).containsExactly("FIRE segment 1 2024-03-09T01:00");
    assertThat(fired.get(0).evidence().openedBy()).isNull();
  }

  @Test
  void anEventBetweenMidnightAndThatHourJudgesAtOnce() {
    Customer customer = new Customer(rule(Duration.ZERO, "promising"));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-09T00:30", click());
    assertThat(customer.until("2024-03-10T12:00").triggers())
        .containsExactly("FIRE segment 1 2024-03-09T00:30");
  }

  @Test
  void understandsTheChineseEight() {
    Customer customer = new Customer(rule(Duration.ZERO, "一般发展"));
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.triggers()).containsExactly("FIRE segment 1 2024-03-01T12:00");
  }

  @Test
  void closesWhenTheSegmentIsLeft() {
    Customer customer = new Customer(rule(Duration.ofDays(30), "promising"));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-20T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-04-10T12:00").triggers()).isEmpty();
  }

  @Test
  void scoresThatMoveWithinTheSegmentChangeNothing() {
    Customer customer = new Customer(rule(Duration.ofDays(3), "new"));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-02T12:00", order("o1", OrderStatus.COMPLETED, 5000));
    assertThat(customer.until("2024-03-05T12:00").triggers())
        .containsExactly("FIRE segment 1 2024-03-04T12:00");
  }

  @Test
  void anOrderLearntLateCancels() {
    Customer customer = new Customer(rule(Duration.ZERO, "promising"));
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .until("2024-03-09T12:00");
    assertThat(customer.triggers()).hasSize(1);
    customer.didLate("2024-03-08T12:00", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.outcomes()).containsExactly("CANCELLED segment_left segment 1");
  }

  @Test
  void onlyWhereThereAreSuchRulesACustomerHasADailyTimer() {
    assertThat(timersAfterAnOrder()).isEqualTo(0);
    assertThat(timersAfterAnOrder(rule(Duration.ZERO, "champions"))).isEqualTo(29);
  }

  private static int timersAfterAnOrder(Rule... rules) {
    Customer customer = new Customer(rules);
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000));
    int timers = 0;
    Instant end = Customer.at("2024-03-31T00:00");
    while (customer.nextTimer().isBefore(end)) {
      customer.until(customer.nextTimer());
      timers++;
    }
    return timers;
  }

  @Test
  void aFilterSeesWhatTheEventThatLedThereTells() {
    RuleFilter happy =
        RuleReader.read(
                "r.yaml",
                "rules: [{id: r, kind: birthday, filter: 'event.attributes.mood == \"good\"'}]")
            .all()
            .get(0)
            .filter();
    Rule welcome =
        new RuleBuilder("segment", Kinds.SEGMENT_ENTERED)
            .segments("prospect")
            .steps(List.of(Duration.ZERO))
            .filter(happy)
            .build();
    Payload good = new Payload.Custom("survey", Map.of("mood", "good"));
    Payload profile = new Payload.Profile(null, null, null, null, null, Map.of("mood", "good"));
    assertThat(new Customer(welcome).does("2024-03-01T12:00", good).triggers()).hasSize(1);
    assertThat(new Customer(welcome).does("2024-03-01T12:00", profile).triggers()).hasSize(1);
    assertThat(
            new Customer(welcome)
                .does("2024-03-01T12:00", new Payload.Custom("survey", Map.of("mood", "bad")))
                .outcomes())
        .containsExactly("SUPPRESSED filter segment 1");
    assertThat(new Customer(welcome).does("2024-03-01T12:00", click()).outcomes())
        .containsExactly("SUPPRESSED filter_error segment 1");
  }

  @Test
  void attributesAreRememberedOnlyWhereAFilterLooksAtThem() {
    Customer customer = new Customer(rule(Duration.ofHours(1), "prospect"));
    customer.does("2024-03-01T12:00", new Payload.Custom("survey", Map.of("mood", "good")));
    Episode live = customer.state().episodes().live().get(0);
    assertThat(live.refreshedBy().name()).isEqualTo("survey");
    assertThat(live.refreshedBy().attributes()).isEmpty();
  }
}
