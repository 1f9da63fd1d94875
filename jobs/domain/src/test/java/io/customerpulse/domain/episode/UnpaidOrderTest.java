package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.consent;
import static io.customerpulse.domain.oracle.Given.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.trigger.Trigger;
import org.junit.jupiter.api.Test;

class UnpaidOrderTest {
  private final Customer customer = customer();

  private static Customer customer() {
    return new Customer(new RuleBuilder("unpaid", Kinds.UNPAID_ORDER).build());
  }

  @Test
  void remindsOfAnOrderThatIsNotPaid() {
    customer.does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000));
    Trigger fired = customer.until("2024-03-02T12:00").news().triggers().get(0);
    assertThat(Customer.line(fired)).isEqualTo("FIRE unpaid 1 2024-03-01T12:15");
    assertThat(fired.evidence().orderId()).isEqualTo("o1");
    assertThat(fired.evidence().valueMinor()).isEqualTo(5000);
    assertThat(fired.evidence().appId()).isEqualTo("wx1");
    assertThat(fired.evidence().openedBy()).isEqualTo(fired.evidence().refreshedBy()).isNotNull();
  }

  @Test
  void endsWithThePaymentAlsoAtTheDueInstant() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .does("2024-03-01T12:15", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).isEmpty();
  }

  @Test
  void endsWhenTheOrderIsCompletedOrClosed() {
    for (OrderStatus status : new OrderStatus[] {OrderStatus.COMPLETED, OrderStatus.CLOSED}) {
      Customer one =
          customer()
              .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
              .does("2024-03-01T12:01", order("o1", status, 5000));
      assertThat(one.until("2024-03-01T13:00").triggers()).as("%s", status).isEmpty();
    }
  }

  @Test
  void anotherOrderEndsNothing() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .does("2024-03-01T12:01", order("o2", OrderStatus.PAID, 5000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).hasSize(1);
  }

  @Test
  void isSentWithoutConsent() {
    customer
        .does("2024-03-01T11:00", consent(false))
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).hasSize(1);
  }

  @Test
  void anOrderIsCreatedOnce() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .does("2024-03-01T12:20", order("o1", OrderStatus.CREATED, 6000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).hasSize(1);
  }

  @Test
  void aCreationLearntAfterThePaymentOpensNothing() {
    customer
        .does("2024-03-01T12:10", order("o1", OrderStatus.PAID, 5000))
        .didLate("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000));
    assertThat(customer.until("2024-03-02T12:00").triggers()).isEmpty();
  }

  @Test
  void aPaymentLearntLateCancels() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .until("2024-03-01T13:00");
    customer.news();
    customer.didLate("2024-03-01T12:10", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.outcomes()).containsExactly("CANCELLED purchase unpaid 1");
  }

  @Test
  void aPaymentAfterTheReminderConverts() {
    customer
        .does("2024-03-01T12:00", order("o1", OrderStatus.CREATED, 5000))
        .does("2024-03-01T13:00", order("o1", OrderStatus.PAID, 5000));
    assertThat(customer.news().outcomes())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.revenueMinor()).isEqualTo(5000));
  }
}
