package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.CustomerFacts;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Erasure;
import io.customerpulse.domain.customer.LastPublished;
import io.customerpulse.domain.customer.PopulationEntry;
import io.customerpulse.domain.customer.RateWindow;
import io.customerpulse.domain.customer.Sightings;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Interest;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageEntry;
import io.customerpulse.domain.order.OlderOrders;
import io.customerpulse.domain.order.Order;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.order.RecentPurchases;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.domain.view.RecentViews;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdinaryCustomerSizeTest {
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00.123Z");
  private static final String OPENID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";
  private static final String UNIONID = "o6_bmasdasdsad6_2sgVt7hMZOPfL";

  /** Two orders, one cart of two lines, three interests, three products looked at. */
  @Test
  void anOrdinaryCustomerStaysSmall() throws IOException {
    CustomerKey key = CustomerKey.of("acme", new Identifier(IdentifierKind.UNIONID, "", UNIONID));
    CustomerState customer =
        new CustomerState(
            key,
            key.customerId(),
            facts(),
            new StageEntry(Stage.REPEAT, ago(14), false),
            new PopulationEntry(RfmPosition.of(19_769, 2, 39_800), ago(-275)),
            new LastPublished(ago(0), ago(0), false, 432),
            EpisodeBook.EMPTY,
            new RateWindow(List.of(ago(0))),
            Erasure.NONE,
            ago(0));

    byte[] bytes = CodecPropertyTest.bytes(CustomerStateCodec.INSTANCE, customer);

    assertThat(bytes).hasSizeLessThan(470);
  }

  private static CustomerFacts facts() {
    return new CustomerFacts(
        new KnownIdentifiers(
            List.of(
                new Identifier(IdentifierKind.UNIONID, "", UNIONID),
                new Identifier(IdentifierKind.OPENID, "wx1234567890abcdef", OPENID))),
        new Sightings(ago(90), ago(0), ago(0)),
        new OrderBook(
            List.of(order("2023120112345678", 90), order("2024021587654321", 14)),
            OlderOrders.NONE,
            List.of(),
            0),
        new Carts(
            List.of(
                new Cart(
                    CartKey.of("wx1234567890abcdef", "c9"),
                    List.of(line("SKU10021", 1), line("SKU20345", 2)),
                    ago(0),
                    null))),
        new Interests(List.of(interest("C31"), interest("C7"), interest("C112"))),
        SelfReported.NONE,
        new RecentPurchases(
            List.of(
                new RecentPurchase(
                    ago(8),
                    "2024021587654321",
                    19_900,
                    "c9",
                    List.of("SKU10021", "SKU20345"),
                    List.of(),
                    false))),
        new RecentViews(List.of(view("PSKU10021"), view("PSKU20345"), view("PSKU7"))));
  }

  private static Order order(String id, int daysAgo) {
    Instant paidAt = ago(daysAgo).plusSeconds(40);
    Instant completedAt = paidAt.plus(Duration.ofDays(9));
    return new Order(id, ago(daysAgo), paidAt, false, 19_900, completedAt, null, List.of());
  }

  private static CartLine line(String sku, long quantity) {
    return new CartLine(new Line(sku, "P" + sku, "C31", quantity, 9_950L), ago(0));
  }

  private static RecentViews.View view(String productId) {
    return new RecentViews.View(
        ago(0).minusMillis(productId.hashCode() & 0x3F_FFFF), productId.hashCode(), -987_654_321);
  }

  private static Interest interest(String category) {
    return new Interest(category, 7.25, ago(1));
  }

  private static Instant ago(int days) {
    return NOW.minus(Duration.ofDays(days));
  }
}
