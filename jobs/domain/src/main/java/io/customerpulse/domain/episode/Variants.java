package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.rule.Rule;
import java.util.Map;
import java.util.TreeMap;

/** Who is held out, and who gets which variant: by a hash, the same at every run. */
final class Variants {
  private static final int BUCKETS_PER_PERCENT = 100;
  private static final int BUCKETS = 100 * BUCKETS_PER_PERCENT;

  private Variants() {}

  static String of(Rule rule, String tenantId, String holdoutKey) {
    if (bucket("holdout", rule, tenantId, holdoutKey)
        < rule.holdoutPercent() * BUCKETS_PER_PERCENT) {
      return FiredTrigger.HOLDOUT;
    }
    if (rule.variants().isEmpty()) {
      return FiredTrigger.TREATED;
    }
    int left = bucket("variant", rule, tenantId, holdoutKey);
    Map<String, Integer> byName = new TreeMap<>(rule.variants());
    String last = null;
    for (Map.Entry<String, Integer> variant : byName.entrySet()) {
      last = variant.getKey();
      left -= variant.getValue() * BUCKETS_PER_PERCENT;
      if (left < 0) {
        return last;
      }
    }
    return last;
  }

  private static int bucket(String what, Rule rule, String tenantId, String holdoutKey) {
    return ContentHash.bucket(BUCKETS, what, tenantId, rule.id(), holdoutKey);
  }
}
