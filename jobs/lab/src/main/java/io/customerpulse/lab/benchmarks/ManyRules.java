package io.customerpulse.lab.benchmarks;

import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import java.util.List;
import java.util.Locale;

/** 500 rules of all kinds, each with a filter of its own: as many as a large merchant may have. */
final class ManyRules {
  private static final int COUNT = 500;

  /** What each kind needs beyond id, kind and filter. */
  private static final List<String> KINDS =
      List.of(
          "kind: cart_abandonment, filter: 'cart.value_minor >= %d && cart.lines < 50'",
          "kind: unpaid_order, filter: 'customer.orders < 1000 + %d'",
          "kind: browse_abandonment, filter: 'customer.orders < 1000 + %d'",
          "kind: reactivation, filter: 'customer.net_spend_minor >= %d'",
          "kind: stage_entered, stages: [repeat], filter: 'customer.orders < 1000 + %d'",
          "kind: segment_entered, segments: [champions], filter: 'customer.orders < 1000 + %d'",
          "kind: post_purchase, steps: [7d], filter: 'customer.orders < 1000 + %d'",
          "kind: birthday, filter: 'customer.orders < 1000 + %d'");

  private ManyRules() {}

  static RuleSet rules() {
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < COUNT; i++) {
      String kind = String.format(Locale.ROOT, KINDS.get(i % KINDS.size()), i);
      text.append(String.format(Locale.ROOT, "  - {id: rule-%d, %s}%n", i, kind));
    }
    return RuleReader.read("many-rules.yaml", text.toString());
  }
}
