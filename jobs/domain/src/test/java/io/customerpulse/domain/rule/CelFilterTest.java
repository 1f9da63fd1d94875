package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.oracle.Given;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelFilterTest {
  private static final FilterInput INPUT = input();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cart.value_minor >= 5000 ; true",
        "cart.value_minor >= 5000 && customer.stage == 'loyal' ; false",
        "customer.orders > 1.5 ; true",
        "customer.attributes.tags > 2 ; true",
        "has(customer.birthday) ; false",
        "has(customer.level) ; false",
        "has(customer.city) && customer.city == '上海' ; true",
        "!('vip' in customer.attributes) ; true",
        "episode.step == 1 || customer.level == 'gold' ; true",
        "event.type in ['cart', 'browse'] ; true",
        "customer.city.startsWith('上') ; true"
      })
  void judges(String source, boolean expected) throws FilterException {
    assertThat(CelFilter.compile(source).test(INPUT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.birthday == '01-01'",
        "customer.attributes.vip",
        "customer.attributes.tags",
        "10 / (customer.orders - 2) > 1",
        "cart.cart_id.matches('(')"
      })
  void failsOnValuesItCannotTake(String source) {
    assertThatThrownBy(() -> CelFilter.compile(source).test(INPUT))
        .isInstanceOf(FilterException.class);
  }

  @Test
  void tellsEveryErrorWithItsPlace() {
    assertThatThrownBy(() -> CelFilter.compile("cart.valu > 1 &&\n  epsode.step == 1"))
        .hasMessage(
            "at 1:5 undefined field 'valu'; at 2:3 undeclared reference to 'epsode' (in container"
                + " '')");
  }

  private static FilterInput input() {
    Map<String, Object> customer = new HashMap<>();
    customer.put("stage", "new");
    customer.put("orders", 2L);
    customer.put("city", "上海");
    customer.put("attributes", Map.of("tags", 3L));
    return Given.filterInput(
        customer,
        Map.of("value_minor", 5000L, "lines", 2L, "cart_id", "c1"),
        Map.of("step", 1L, "rule_id", "r"),
        Map.of("type", "cart"));
  }
}
