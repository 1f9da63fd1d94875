package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Kinds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRisksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "!customer.attributes.staff ~ at 1:21 customer.attributes.staff may be unset ="
            + " has(customer.attributes.staff) && …, or !has(customer.attributes.staff) || …",
        "customer.attributes['shoe size'] > 44 ~ at 1:20 customer.attributes[\"shoe size\"] may be"
            + " unset = \"shoe size\" in customer.attributes && …, or"
            + " !(\"shoe size\" in customer.attributes) || …",
        "customer.net_spend_minor / customer.orders >= 5000 ~ at 1:26 customer.orders may be 0 in"
            + " customer.net_spend_minor / customer.orders = customer.orders > 0 && …",
        "'a' in customer.attributes && 7 % customer.attributes.a == 1 ~ at 1:33"
            + " customer.attributes.a may be 0 in 7 % customer.attributes.a ="
            + " customer.attributes.a != 0 && …",
        "1 / (customer.orders - 2) > 1 ~ at 1:3 customer.orders - 2 may be 0 in"
            + " 1 / (customer.orders - 2) = customer.orders - 2 != 0 && …",
        "has(customer.city) && customer.attributes[customer.city] == 1 ~ at 1:42"
            + " customer.attributes[customer.city] may be unset = customer.city in"
            + " customer.attributes && …, or !(customer.city in customer.attributes) || …"
      })
  void namesWhatIsNotAskedForWithItsPlaceAndTheSafeForm(String source, String warning) {
    assertThat(warnings(source, Kinds.CART_ABANDONMENT))
        .containsExactly(
            warning.replace(" = ", ", which suppresses the step as filter_error; ask first: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.level == 'gold'",
        "customer.level == 'gold' || has(customer.level)",
        "has(customer.level) || customer.level == 'gold'",
        "!has(customer.level) && customer.level == 'gold'",
        "has(customer.city) && customer.level == 'gold'",
        "has(customer.level) ? true : customer.level == 'gold'",
        "has(customer.level) == false && customer.level == 'gold'",
        "customer.level == 'gold' && customer.orders > 3",
        "(has(customer.level) || has(customer.city)) && customer.level == 'gold'",
        "customer.city == 'a' && has(customer.city) || customer.city == 'b'",
        "customer.orders >= 0 && 100 / customer.orders > 3",
        "customer.orders != 1 && 100 / customer.orders > 3",
        "customer.orders > 0 && 100 / (customer.orders - 1) > 3",
        "customer.orders > 0 || 100 / customer.orders > 3",
        "100 / (customer.orders * customer.cart_lines) > 3 && customer.orders > 0",
        "1 / 0 > customer.orders",
        "'a' in customer.attributes && customer.attributes.b == 1",
        "'a' in customer.attributes && 10 / customer.attributes.a == 1",
        "customer.attributes[customer.stage] == 1",
        "['a', 'b'].all(x, customer.attributes[x] == 1)",
        "['a', 'b'].all(x, has(customer.level) && x == 'a') && customer.level == 'gold'",
        "customer.attributes.all(x, x != 'a') && customer.attributes.all(y,"
            + " customer.attributes[y] == customer.attributes.a)",
        "cart.lines > 1",
        "episode.product_id == 'a'",
        "event.type == 'cart'",
        "event.type == 'custom' && event.name == 'a'",
        "has(event.type) && event.type == 'cart' && event.name == 'a'",
        "has(event.type) && event.attributes.a == 1",
        "has(event.attributes.a) && event.attributes.a == 1"
      })
  void warnsWhereTheFilterCanFail(String source) {
    assertThat(warnings(source, Kinds.STAGE_ENTERED)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.orders > 3 && customer.stage == 'LOYAL' && customer.cart_lines > 1",
        "has(customer.level) && customer.level == 'gold'",
        "customer.level == 'gold' && has(customer.level)",
        "!has(customer.level) || customer.level == 'gold'",
        "customer.level == 'gold' || !has(customer.level)",
        "!(has(customer.level) && customer.level == 'gold')",
        "has(customer.level) ? customer.level == 'gold' : customer.orders > 3",
        "!has(customer.level) ? false : customer.level == 'gold'",
        "has(customer.level) == true && customer.level == 'gold'",
        "has(customer.level) != false && customer.level == 'gold'",
        "(has(customer.level) ? customer.level : '') == 'gold'",
        "has(customer.level) && has(customer.city) && customer.level == customer.city",
        "(has(customer.level) || has(customer.city)) && (has(customer.level) ? customer.level =="
            + " 'gold' : customer.city == 'a')",
        "has(customer.level) && (customer.orders > 3 || customer.level == 'gold')",
        "customer.orders > 3 && false && customer.level == 'gold'",
        "!('staff' in customer.attributes) || customer.attributes.staff != true",
        "'score' in customer.attributes && customer.attributes.score > 44",
        "has(customer.attributes.score) && customer.attributes['score'] > 44",
        "customer.stage in customer.attributes && customer.attributes[customer.stage] == 1",
        "customer.attributes.all(x, customer.attributes[x] == 1)",
        "['a', 'b'].all(x, x in customer.attributes && customer.attributes[x] == 1)",
        "has(customer.level) && ['a', 'b'].exists(x, x == customer.level)",
        "['a', 'b'].exists(x, has(customer.level) && x == customer.level)",
        "customer.orders > 0 && 100 / customer.orders > 3",
        "customer.orders >= 1 && 100 % customer.orders == 3",
        "0 < customer.orders && 100 / customer.orders > 3",
        "customer.orders != 0 && 100 / customer.orders > 3",
        "customer.orders == 5 && 100 / customer.orders > 3",
        "customer.orders in [1, 2] && 100 / customer.orders > 3",
        "!(customer.orders in [0, 2]) && 100 / customer.orders > 3",
        "customer.orders > 0.5 && 100 / customer.orders > 3",
        "customer.orders == 0 || 100 / customer.orders > 3",
        "customer.orders < 1 || 100 / customer.orders > 3",
        "100 / customer.orders > 3 && customer.orders > 0",
        "100 / (customer.orders + 1) > 3",
        "100 / episode.step > 3",
        "100 / -customer.orders < 3 && customer.orders > 2",
        "customer.orders > 1 && 100 / (customer.orders - 1) > 3",
        "customer.orders > 0 && 100 / (customer.orders * 2) > 3",
        "customer.orders * customer.cart_lines > 0 && 9 / (customer.orders * customer.cart_lines)"
            + " > 3",
        "customer.orders > 0 && customer.cart_lines > 0 && 9 / (customer.cart_lines *"
            + " customer.orders) > 3",
        "100 / (customer.orders == 0 ? 1 : customer.orders) > 3",
        "100 / 7 > customer.orders",
        "double(customer.net_spend_minor) / double(customer.orders) > 3.5",
        "'n' in customer.attributes && customer.attributes.n > 0 && 9 / customer.attributes.n > 3",
        "'n' in customer.attributes && customer.attributes.n > 0.5 && 9 / customer.attributes.n >"
            + " 3",
        "customer.orders > 0 && customer.recency_days < 30",
        "has(customer.recency_days) && customer.probability_alive < 0.5 && 9 / customer.orders > 2",
        "has(customer.r_score) && customer.r_score + customer.f_score + customer.m_score > 10",
        "has(cart.lines) && cart.value_minor / (cart.lines + 1) > 3",
        "has(event.type) && event.type == 'purchase' && event.amount_minor > 5000",
        "has(event.name) && event.attributes.exists(x, x == event.name)",
        "has(event.type) && has(event.attributes.by) && event.attributes.by == 'friend'",
        "[1, 2][0] == 1"
      })
  void saysNothingOfWhatCannotFail(String source) {
    assertThat(warnings(source, Kinds.STAGE_ENTERED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cart_abandonment | cart.value_minor > 1 && cart.lines > 1 && cart.app_id == 'a'",
        "cart_abandonment | event.type == 'cart' && event.app_id == 'a' && !('a' in"
            + " event.attributes)",
        "browse_abandonment | event.product_id == episode.product_id && episode.views > 3",
        "unpaid_order | event.order_id == episode.order_id && event.amount_minor > 3",
        "post_purchase | event.order_id == episode.order_id && event.amount_minor > 3"
      })
  void knowsWhatEveryStepOfAKindHas(String kind, String source) {
    assertThat(warnings(source, RuleKinds.installed().byName().get(kind))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.customerpulse.domain.oracle.Kinds#all")
  void knowsWhatAStepMayLackWhateverItsKind(TriggerKind kind) {
    for (String field :
        List.of("cart.cart_id", "event.platform", "customer.level", "customer.r_score")) {
      assertThat(warnings(field + " == " + field, kind)).as(field).isNotEmpty();
    }
  }

  @Test
  void namesEachThingOnce() {
    assertThat(
            warnings(
                "customer.level == 'a' || customer.level == 'b' || customer.city == 'a'",
                Kinds.BIRTHDAY))
        .extracting(warning -> warning.substring(0, warning.indexOf(" may be")))
        .containsExactly("at 1:9 customer.level", "at 1:59 customer.city");
  }

  /** Pairs whose members stand far apart: a diagram without end. */
  @Test
  void warnsOfWhatItCannotSee() {
    StringBuilder source = new StringBuilder("(false");
    for (int i = 0; i < 24; i++) {
      source.append(" || customer.attributes == {'a': ").append(i).append('}');
    }
    source.append(" || has(customer.level)) && (false");
    for (int i = 0; i < 24; i++) {
      source
          .append(" || customer.attributes == {'a': ")
          .append(i)
          .append("} && customer.stage == 's")
          .append(i)
          .append("'");
    }
    source.append(") && customer.level == 'gold'");
    assertThat(warnings(source.toString(), Kinds.BIRTHDAY))
        .singleElement()
        .asString()
        .startsWith("is too tangled");
  }

  @Test
  void shippedRulesAskForEverything() {
    Path config = Path.of("..", "..", "config");
    assertThat(RuleReader.read(config.resolve("rules")).warnings()).isEmpty();
    assertThat(RuleReader.read(config.resolve("rules-examples")).warnings()).isEmpty();
  }

  static List<String> warnings(String source, TriggerKind kind) {
    return CelFilter.compile(source).warnings(kind);
  }
}
