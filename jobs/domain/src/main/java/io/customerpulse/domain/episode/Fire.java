package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.TriggerKind;
import java.time.Instant;
import java.util.List;

/**
 * A step that was fired, remembered as long as it can be cancelled, converted or counted against
 * later ones.
 *
 * @param first whether it is the first fire of its episode: what lift looks at
 * @param skuIds what lay in the cart, where orders are compared by SKU; else empty
 */
public record Fire(
    String triggerId,
    String episodeId,
    String ruleId,
    int ruleVersion,
    TriggerKind kind,
    String scopeKey,
    Instant openedAt,
    int step,
    Instant dueAt,
    Instant firedAt,
    Instant validUntil,
    String variant,
    boolean first,
    boolean cancelled,
    List<String> skuIds) {

  public static final String TREATED = "treated";
  public static final String HOLDOUT = "holdout";

  boolean isTreated() {
    return !variant.equals(HOLDOUT);
  }

  Fire asCancelled() {
    return new Fire(
        triggerId,
        episodeId,
        ruleId,
        ruleVersion,
        kind,
        scopeKey,
        openedAt,
        step,
        dueAt,
        firedAt,
        validUntil,
        variant,
        first,
        true,
        skuIds);
  }
}
