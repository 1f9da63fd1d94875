package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.customerpulse.domain.oracle.Given;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        "customer.city.startsWith('上') ; true",
        "customer.city.matches('^.海$') ; true",
        "event.name == 'survey' && event.attributes.mood < 3 ; true",
        "event.attributes['mood'] < 3 ; true",
        "has(event.attributes.words) ; false",
        "customer.attributes.exists(name, name in ['tags', 'marks']) ; true",
        "customer.attributes.all(name, customer.attributes[name] > 3) ; false",
        "['a', 'b'].exists_one(x, x == event.attributes.shop) ; true"
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
        "9223372036854775807 + customer.orders > 0",
        "timestamp(event.attributes.shop) > timestamp('2024-01-01T00:00:00Z')",
        "customer.attributes.tags.startsWith('a')"
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

  /** Of event.attributes there is something to remember only where a filter looks at them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "event.attributes.mood < 3 ; true",
        "has(event.attributes.mood) ; true",
        "cart.lines > 1 || event.attributes.exists(name, name == 'x') ; true",
        "[event].exists(e, e.type == 'cart') ; true",
        "customer.attributes.tags > 2 ; false",
        "event.type == 'cart' && cart.lines > 1 ; false"
      })
  void knowsWhetherItLooksAtTheAttributesOfTheEvent(String source, boolean expected) {
    assertThat(CelFilter.compile(source).readsEventAttributes()).isEqualTo(expected);
  }

  /** Each of them once took a stack, a heap or minutes. */
  @ParameterizedTest
  @MethodSource("hostile")
  void refusesWhatCouldCostWithoutBound(String source, String problem) throws Exception {
    assertThat(onASmallStack(() -> CelFilter.compile(source)))
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        arguments("[".repeat(1800) + "]".repeat(1800) + " == []", "at 1:33 brackets within"),
        arguments("true &&\n" + "(".repeat(40) + "true" + ")".repeat(40), "at 2:33 brackets"),
        arguments("{1:".repeat(40) + "1" + "}".repeat(40) + " == {}", "brackets within brackets"),
        arguments("1" + "+1".repeat(300) + " > 1", "recursion limit exceeded. limit: 100"),
        arguments("customer.attributes" + ".a".repeat(300) + " == 1", "recursion limit exceeded"),
        arguments("true?true:".repeat(400) + "true", "recursion limit exceeded"),
        arguments("true" + "==true".repeat(300), "recursion limit exceeded"),
        arguments("'" + "x".repeat(4100) + "' == ''", "exceeds limit"),
        arguments("['x']" + ".map(a,a+a)".repeat(30) + ".size() == 1", "'map'"),
        arguments("['x'].filter(a, true).size() == 1", "'filter'"),
        arguments(
            "[1].exists(a,[a,a].exists(b,[b,b] == [b,b]))", "at 1:14 is put together in a loop"),
        arguments("['x'].exists(a,[a+a].exists(b,[b+b].exists(c,c==b)))", "in a loop; allowed"),
        arguments("['x'].exists(a,{'k':a} == {'k':a})", "put together in a loop"),
        arguments("cart.cart_id.matches('(')", "at 1:21 has a pattern that can't be used"),
        arguments("'x'.matches('((a{100}){100}){100}')", "can't be used"),
        arguments("'x'.matches('" + "(".repeat(1500) + "a" + ")".repeat(1500) + "')", "3001"),
        arguments("'x'.matches(customer.city)", "no pattern but one that stands here"),
        arguments("matches('x', 'a' + 'b')", "no pattern but one that stands here"));
  }

  @Test
  void countsOnlyBracketsThatHoldOthers() {
    // In a text they are none, and side by side they aren't within each other.
    String text = "'" + "(".repeat(100) + "\\'" + "(".repeat(100) + "' != \"((((\"";
    CelFilter.compile(text + " && (1 < 2)".repeat(100));
  }

  @Test
  void endsALoopThatGoesOn() {
    String numbers = "[0,1,2,3,4,5,6,7,8,9]";
    CelFilter filter = CelFilter.compile((numbers + ".all(a,").repeat(6) + "true" + ")".repeat(6));
    assertThatThrownBy(() -> filter.test(INPUT))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("1000");
  }

  /** Everything that is allowed at its longest: by its text alone it is the costliest there is. */
  @Test
  void judgesTheLongestOnASmallStack() throws Exception {
    String sum = "1" + "+1".repeat(90) + " > 1";
    String terms = "true && ".repeat(200) + sum;
    String pattern = " && !'" + "a".repeat(500) + "'.matches('^(a|b|ab)*c{200}$')";
    String brackets = " && " + "(".repeat(30) + "true" + ")".repeat(30);
    CelFilter filter = CelFilter.compile(terms + pattern + brackets);
    assertThat(onASmallStack(() -> filter.test(INPUT) ? null : new AssertionError())).isNull();
  }

  /** What is thrown, or returned, by something that runs with a quarter of a usual stack. */
  private static Object onASmallStack(Callable<?> task) throws InterruptedException {
    Object[] result = new Object[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result[0] = task.call();
              } catch (Throwable e) {
                result[0] = e;
              }
            },
            "small stack",
            256 << 10);
    thread.start();
    thread.join();
    return result[0];
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
        Map.of("type", "cart", "name", "survey", "attributes", Map.of("mood", 2L, "shop", "a")));
  }
}
