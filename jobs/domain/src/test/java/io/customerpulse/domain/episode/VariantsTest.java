package io.customerpulse.domain.episode;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.rule.Rule;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static final int CUSTOMERS = 100_000;

  private static RuleBuilder rule(String id) {
    return new RuleBuilder(id, Kinds.CART_ABANDONMENT);
  }

  private static Map<String, Integer> split(Rule rule) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      counts.merge(Variants.of(rule, "acme", "customer-" + i), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void aTenthIsHeldOut() {
    Map<String, Integer> counts = split(rule("r").holdoutPercent(10).build());
    assertThat(counts).containsOnlyKeys("holdout", "treated");
    assertThat(counts.get("holdout")).isBetween(9_500, 10_500);
  }

  @Test
  void theOthersAreSplitByTheSharesOfTheVariants() {
    Map<String, Integer> counts =
        split(rule("r").holdoutPercent(10).variants(Map.of("a", 50, "b", 30, "c", 20)).build());
    assertThat(counts).containsOnlyKeys("holdout", "a", "b", "c");
    assertThat(counts.get("a")).isBetween(44_000, 46_000);
    assertThat(counts.get("b")).isBetween(26_000, 28_000);
    assertThat(counts.get("c")).isBetween(17_000, 19_000);
  }

  @Test
  void noneAndAllAreExact() {
    assertThat(split(rule("r").holdoutPercent(0).build())).containsOnlyKeys("treated");
    assertThat(split(rule("r").holdoutPercent(100).build())).containsOnlyKeys("holdout");
  }

  @Test
  void rulesHoldOutIndependently() {
    Rule one = rule("one").holdoutPercent(10).build();
    Rule other = rule("other").holdoutPercent(10).build();
    int both = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      String key = "customer-" + i;
      String variant = Variants.of(one, "acme", key);
      both += variant.equals("holdout") && variant.equals(Variants.of(other, "acme", key)) ? 1 : 0;
    }
    assertThat(both).isBetween(800, 1_200);
  }
}
