package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Filters by chance, tried on every combination of what is set and unset, zero and not: those that
 * nothing is warned of never fail, and of what has no loops almost nothing is warned without need.
 */
class FilterRisksPropertyTest {
  private static final List<Long> SEEDS = Seeds.of(FilterRisksPropertyTest.class, 200, 50);

  private static final List<FilterInput> WORLDS = worlds();

  @Test
  void aFilterThatNothingIsWarnedOfNeverFails() {
    int warned = 0;
    int silent = 0;
    for (long seed : SEEDS) {
      RandomFilter filter = new RandomFilter(seed, true);
      String source = filter.truth(4);
      boolean warns = !FilterRisksTest.warnings(source, Kinds.STAGE_ENTERED).isEmpty();
      if (!warns) {
        assertThat(fails(source)).as("seed %d: %s", seed, source).isFalse();
      }
      warned += warns ? 1 : 0;
      silent += warns ? 0 : 1;
    }
    // One seed that is repeated is of either sort.
    assertThat(warned).isGreaterThanOrEqualTo(SEEDS.size() / 20);
    assertThat(silent).isGreaterThanOrEqualTo(SEEDS.size() / 20);
  }

  /**
   * Loops and several divisions aside, it says too much at most where fields exclude each other.
   */
  @Test
  void almostNothingIsWarnedOfThatCannotFail() {
    List<String> inVain = new ArrayList<>();
    for (long seed : SEEDS) {
      String source = new RandomFilter(~seed, false).truth(4);
      boolean warns = !FilterRisksTest.warnings(source, Kinds.STAGE_ENTERED).isEmpty();
      if (warns && !fails(source)) {
        inVain.add(seed + ": " + source);
      }
    }
    // Some 1 of 3,000.
    assertThat(inVain).hasSizeLessThan(4 + SEEDS.size() / 1_000);
  }

  private static boolean fails(String source) {
    CelFilter filter = CelFilter.compile(source);
    for (FilterInput world : WORLDS) {
      try {
        filter.test(world);
      } catch (FilterException e) {
        return true;
      }
    }
    return false;
  }

  /** An expression of the language, right by its types. */
  private static final class RandomFilter {
    private static final List<String> TRUTHS =
        List.of(
            "has(customer.level)",
            "customer.level == 'gold'",
            "'gold' != customer.level",
            "customer.orders > 0",
            "customer.orders >= 2",
            "1 > customer.orders",
            "customer.orders != 1",
            "customer.orders in [0, 2]",
            "'n' in customer.attributes",
            "has(customer.attributes.n)",
            "customer.attributes.n > 0",
            "customer.attributes['n'] != 0",
            "has(customer.attributes.flag)",
            "(customer.attributes.flag && true)",
            "has(customer.recency_days)",
            "customer.recency_days < 30",
            "has(event.type)",
            "event.type == 'purchase'",
            "has(event.amount_minor)",
            "event.amount_minor > 10",
            "event.name == 'a'",
            "has(event.name)",
            "true",
            "false");
    private static final List<String> LOOPS =
        List.of(
            "customer.attributes.exists(x, customer.attributes[x] == 2)",
            "customer.attributes.all(x, x == 'n' && %s)",
            "['n', 'flag'].exists(x, x in customer.attributes || %s)",
            "[0, 2].exists_one(x, x == customer.orders && %s)",
            "[1, 2].all(x, 10 / x > 3 || %s)");
    private static final List<String> DIVISORS =
        List.of(
            "customer.orders",
            "(customer.orders - 1)",
            "(customer.orders + 1)",
            "(customer.orders * customer.attributes.n)",
            "customer.attributes.n",
            "(customer.orders == 0 ? 1 : customer.orders)",
            "(2 - customer.orders)");

    private final Random random;
    private final boolean loops;
    private boolean divided;

    RandomFilter(long seed, boolean loops) {
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      this.loops = loops;
    }

    String truth(int depth) {
      if (depth == 0 || random.nextInt(8) == 0) {
        return leaf();
      }
      String one = truth(depth - 1);
      return switch (random.nextInt(loops ? 7 : 6)) {
        case 0 -> "!(" + one + ")";
        case 1 -> "(" + one + " ? " + truth(depth - 1) + " : " + truth(depth - 1) + ")";
        case 2, 3 -> "(" + one + " && " + truth(depth - 1) + ")";
        case 4 -> "(" + one + " || " + truth(depth - 1) + ")";
        case 5 ->
            "(("
                + one
                + ")"
                + (random.nextBoolean() ? " == " : " != ")
                + "("
                + truth(depth - 1)
                + "))";
        default -> pick(LOOPS).replace("%s", one);
      };
    }

    private String leaf() {
      if ((loops || !divided) && random.nextInt(4) == 0) {
        divided = true;
        return "customer.net_spend_minor / " + pick(DIVISORS) + " > 5";
      }
      return pick(TRUTHS);
    }

    private String pick(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }
  }

  private static List<FilterInput> worlds() {
    List<FilterInput> worlds = new ArrayList<>();
    for (String level : new String[] {null, "gold", "tin"}) {
      for (Long orders : List.of(0L, 1L, 2L, 3L)) {
        for (Long recency : List.of(3L, 100L)) {
          for (Long n : new Long[] {null, 0L, 2L}) {
            for (Boolean flag : new Boolean[] {null, true, false}) {
              for (Long net : List.of(-1000L, 0L, 100L)) {
                for (Map<String, Object> event : events()) {
                  worlds.add(
                      Given.filterInput(
                          customer(level, orders, recency, n, flag, net),
                          Map.of(),
                          Map.of("step", 1L),
                          event));
                }
              }
            }
          }
        }
      }
    }
    return worlds;
  }

  private static Map<String, Object> customer(
      String level, long orders, long recency, Long n, Boolean flag, long net) {
    Map<String, Object> customer = new HashMap<>();
    customer.put("orders", orders);
    customer.put("net_spend_minor", net);
    if (orders > 0) {
      customer.put("recency_days", recency);
    }
    if (level != null) {
      customer.put("level", level);
    }
    Map<String, Object> attributes = new HashMap<>();
    if (n != null) {
      attributes.put("n", n);
    }
    if (flag != null) {
      attributes.put("flag", flag);
    }
    customer.put("attributes", attributes);
    return customer;
  }

  private static List<Map<String, Object>> events() {
    return List.of(
        Map.of(),
        Map.of("type", "cart", "attributes", Map.of()),
        Map.of("type", "purchase", "amount_minor", 10L, "attributes", Map.of()),
        Map.of("type", "purchase", "amount_minor", 20L, "attributes", Map.of()),
        Map.of("type", "custom", "name", "a", "attributes", Map.of()),
        Map.of("type", "custom", "name", "b", "attributes", Map.of()));
  }
}
