package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.order;
import static io.customerpulse.domain.oracle.Given.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.trigger.Trigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostPurchaseTest {
  private final Customer customer =
      new Customer(
          new RuleBuilder("thanks", Kinds.POST_PURCHASE)
              .steps(List.of(Duration.ofHours(1), Duration.ofDays(7)))
              .build());

  @Test
  void followsAnOrder() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .does("2024-03-01T12:30", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-01T12:40", order("o1", OrderStatus.COMPLETED, 5000));
    List<Trigger> fired = customer.until("2024-04-01T12:00").news().triggers();
    assertThat(fired)
        .extracting(Customer::line)
        .containsExactly("FIRE thanks 1 2024-03-01T13:30", "FIRE thanks 2 2024-03-08T12:30");
    assertThat(fired.get(0).evidence().orderId()).isEqualTo("o1");
    assertThat(fired.get(0).evidence().valueMinor()).isEqualTo(5000);
  }

  @Test
  void everyOrderHasItsOwn() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-01T12:10", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).hasSize(2);
  }

  @Test
  void endsWhenAllIsGivenBack() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-01T12:10", refund("o1", "r1", 4000, false))
        .does("2024-03-01T13:10", refund("o1", "r2", 1000, false));
    assertThat(customer.until("2024-04-01T12:00").triggers())
        .containsExactly("FIRE thanks 1 2024-03-01T13:00");
  }

  @Test
  void endsWhenTheOrderIsClosed() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-01T12:10", order("o1", OrderStatus.CLOSED, 5000));
    assertThat(customer.until("2024-04-01T12:00").triggers()).isEmpty();
  }

  @Test
  void nothingFollowsAnOrderWhoseRefundCameFirst() {
    customer
        .does("2024-03-01T12:00", refund("o1", "r1", 0, true))
        .does("2024-03-01T12:10", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-04-01T12:00").triggers()).isEmpty();
  }

  @Test
  void aRefundLearntLateCancels() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .until("2024-03-01T14:00");
    customer.news();
    customer.didLate("2024-03-01T12:30", refund("o1", "r1", 0, true));
    assertThat(customer.outcomes()).containsExactly("CANCELLED refunded thanks 1");
  }

  @Test
  void takesNoRevenueAndNoPartInPrecedence() {
    Customer both =
        new Customer(
            new RuleBuilder("thanks", Kinds.POST_PURCHASE)
                .steps(List.of(Duration.ofHours(1)))
                .build(),
            Given.cartRule("cart", Duration.ofMinutes(50)));
    both.does("2024-03-01T12:00", order("o1", OrderStatus.PAID, 5000))
        .does("2024-03-01T12:20", Given.cart(CartAction.ADD, "c1", Given.line("K", 1L, 100L)))
        .does("2024-03-01T15:00", order("o2", OrderStatus.PAID, 7000));
    assertThat(both.news().outcomes())
        .extracting(Customer::line, outcome -> outcome.revenueMinor())
        .containsExactlyInAnyOrder(
            tuple("CONVERTED order thanks 1", 0L), tuple("CONVERTED order cart 1", 7000L));
  }
}
