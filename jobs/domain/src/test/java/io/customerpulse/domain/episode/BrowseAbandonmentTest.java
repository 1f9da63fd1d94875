package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.cart;
import static io.customerpulse.domain.oracle.Given.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Phase;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.kind.Views;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.trigger.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowseAbandonmentTest {
  private final Customer customer = customer();

  private static Customer customer() {
    return new Customer(new RuleBuilder("browse", Kinds.BROWSE_ABANDONMENT).build());
  }

  private static Payload view(String productId) {
    return new Payload.Browse("page", productId, null, null, null, null, null, null);
  }

  private static Payload visit(String productId, String visitId) {
    return new Payload.Browse("page", productId, null, null, null, Phase.ENTER, null, visitId);
  }

  private static Payload bought(String productId) {
    Line line = new Line("sku of " + productId, productId, null, 1L, 100L);
    return new Payload.Purchase(
        "order of " + productId, OrderStatus.PAID, 100, "CNY", List.of(line), null, null);
  }

  private static Payload put(CartAction action, String skuId) {
    return cart(action, "c1", line(skuId, 1L, 100L));
  }

  private Customer threeViews(String productId) {
    return threeViews(customer, productId);
  }

  private static Customer threeViews(Customer customer, String productId) {
    return customer
        .does("2024-03-01T10:00", "s1", view(productId))
        .does("2024-03-01T10:10", "s1", view(productId))
        .does("2024-03-02T10:00", "s2", view(productId));
  }

  @Test
  void remindsOfAProductLookedAtThreeTimesInTwoSessions() {
    Trigger fired = threeViews("P").until("2024-03-10T10:00").news().triggers().get(0);
    assertThat(Customer.line(fired)).isEqualTo("FIRE browse 1 2024-03-02T12:00");
    assertThat(fired.evidence().productId()).isEqualTo("P");
    assertThat(fired.evidence().views()).isEqualTo(3);
  }

  @Test
  void anOrderThatIsReportedAsPaidAgainEndsNothing() {
    customer.does("2024-02-01T10:00", "s0", bought("P"));
    threeViews("P").does("2024-03-02T11:00", "s2", bought("P"));

    Trigger fired = customer.until("2024-03-10T10:00").news().triggers().get(0);
    assertThat(Customer.line(fired)).isEqualTo("FIRE browse 1 2024-03-02T12:00");
  }

  @Test
  void threeViewsInOneSessionAreNotEnough() {
    customer
        .does("2024-03-01T10:00", "s1", view("P"))
        .does("2024-03-01T10:10", "s1", view("P"))
        .does("2024-03-01T10:20", "s1", view("P"));
    assertThat(customer.until("2024-03-10T10:00").triggers()).isEmpty();
  }

  @Test
  void viewsOlderThanAWeekDoNotCount() {
    customer
        .does("2024-03-01T10:00", "s1", view("P"))
        .does("2024-03-02T10:00", "s2", view("P"))
        .does("2024-03-08T10:00", "s3", view("P"));
    assertThat(customer.until("2024-03-10T10:00").triggers()).isEmpty();
    customer.does("2024-03-09T09:59", "s3", view("Q"));
    assertThat(customer.until("2024-03-10T10:00").triggers()).isEmpty();
  }

  @Test
  void theEndOfAVisitIsNoView() {
    customer
        .does("2024-03-01T10:00", "s1", view("P"))
        .does("2024-03-01T10:10", "s1", view("P"))
        .does(
            "2024-03-02T10:00",
            "s2",
            new Payload.Browse("page", "P", null, null, null, Phase.LEAVE, 1000L, null));
    assertThat(customer.until("2024-03-10T10:00").triggers()).isEmpty();
  }

  @Test
  void aViewThatIsReportedAgainNeitherCountsNorMovesIt() {
    customer
        .does("2024-03-01T10:00", "s1", visit("P", "v1"))
        .does("2024-03-01T10:05", "s1", visit("P", "v1"))
        .does("2024-03-02T10:00", "s2", visit("P", "v2"))
        .does("2024-03-02T10:00", "s2", view("P"));
    assertThat(customer.until("2024-03-02T14:00").triggers()).isEmpty();

    customer
        .does("2024-03-02T15:00", "s2", visit("P", "v3"))
        .does("2024-03-02T15:30", "s2", visit("P", "v3"));
    Trigger fired = customer.until("2024-03-10T10:00").news().triggers().get(0);
    assertThat(Customer.line(fired)).isEqualTo("FIRE browse 1 2024-03-02T17:00");
    assertThat(fired.evidence().views()).isEqualTo(3);
  }

  @Test
  void aFurtherViewMovesIt() {
    threeViews("P").does("2024-03-02T11:00", "s2", view("P"));
    Trigger fired = customer.until("2024-03-10T10:00").news().triggers().get(0);
    assertThat(Customer.line(fired)).isEqualTo("FIRE browse 1 2024-03-02T13:00");
    assertThat(fired.evidence().views()).isEqualTo(4);
    assertThat(fired.evidence().openedBy()).isNotEqualTo(fired.evidence().refreshedBy());
  }

  @Test
  void isAboutTheQualifyingProductSeenLast() {
    customer.does("2024-03-01T10:20", "s1", view("Q")).does("2024-03-01T10:21", "s1", view("Q"));
    threeViews("P")
        .does("2024-03-02T10:30", "s2", view("R"))
        .does("2024-03-02T11:00", "s2", view("Q"));
    assertThat(customer.until("2024-03-10T10:00").news().triggers())
        .singleElement()
        .satisfies(
            fired -> {
              assertThat(fired.evidence().productId()).isEqualTo("Q");
              assertThat(Customer.line(fired)).isEqualTo("FIRE browse 1 2024-03-02T13:00");
            });
  }

  @Test
  void endsWhenTheProductIsPutIntoACartOrBought() {
    for (CartAction action : List.of(CartAction.ADD, CartAction.SET, CartAction.REPLACE)) {
      String sku = action.name();
      Customer one =
          threeViews(customer(), "product of " + sku).does("2024-03-02T11:00", put(action, sku));
      assertThat(one.until("2024-03-10T10:00").triggers()).as(sku).isEmpty();
    }
    threeViews("P").does("2024-03-02T11:00", bought("P"));
    assertThat(customer.until("2024-03-10T10:00").triggers()).isEmpty();
  }

  @Test
  void anotherProductInTheCartEndsNothing() {
    threeViews("P").does("2024-03-02T11:00", put(CartAction.ADD, "K"));
    assertThat(customer.until("2024-03-10T10:00").triggers()).hasSize(1);
  }

  @Test
  void whatWasBoughtInTheLastTenDaysIsNoOccasion() {
    customer.does("2024-02-21T10:01", bought("P"));
    threeViews("P");
    assertThat(customer.until("2024-03-02T20:00").triggers()).isEmpty();
    customer.does("2024-03-03T10:00", "s3", view("P"));
    assertThat(customer.until("2024-03-10T10:00").triggers())
        .containsExactly("FIRE browse 1 2024-03-03T12:00");
  }

  @Test
  void aViewLearntLateMayBeTheThird() {
    customer
        .does("2024-03-01T10:00", "s1", view("P"))
        .does("2024-03-02T10:00", "s2", view("P"))
        .didLate("2024-03-01T10:10", view("P"));
    assertThat(customer.until("2024-03-10T10:00").triggers())
        .containsExactly("FIRE browse 1 2024-03-02T12:00");
  }

  @Test
  void aPurchaseLearntLateCancels() {
    threeViews("P").until("2024-03-02T13:00");
    assertThat(customer.triggers()).hasSize(1);
    customer.didLate("2024-03-02T11:00", bought("P"));
    assertThat(customer.outcomes()).containsExactly("CANCELLED purchase browse 1");
  }

  @Test
  void aCartAddLearntLateCancels() {
    threeViews("product of K").until("2024-03-02T13:00");
    customer.news();
    customer.didLate("2024-03-02T11:00", put(CartAction.ADD, "K"));
    assertThat(customer.outcomes()).containsExactly("CANCELLED cart_add browse 1");
  }

  @Test
  void viewsAreRememberedOnlyWhereARuleAsksForThem() {
    customer.does("2024-03-01T10:00", view("P"));
    assertThat(viewsOf(customer).products()).hasSize(1);

    Customer other = new Customer();
    other.does("2024-03-01T10:00", view("P"));
    assertThat(viewsOf(other)).isEqualTo(Views.NONE);
  }

  private static Views viewsOf(Customer customer) {
    return customer.state().episodes().memories().of(new BrowseAbandonment());
  }
}
