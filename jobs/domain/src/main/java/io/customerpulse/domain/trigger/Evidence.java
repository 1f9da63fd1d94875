package io.customerpulse.domain.trigger;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.lifecycle.Stage;
import java.util.List;

/**
 * What a trigger rests on; null where its kind has no such thing.
 *
 * @param valueMinor sum of the known prices in the cart, in minor units
 * @param daysSilent whole days of 24 h since the last counting order
 * @param cutsVersion version of the cuts behind the scores
 * @param productId of the product looked at
 * @param views how often it was looked at, within the rule's window and until the last view
 * @param openedBy id of the event that opened the episode; null where time alone did
 * @param refreshedBy id of the event that last refreshed it
 */
public record Evidence(
    String appId,
    String cartId,
    Long valueMinor,
    List<Line> lines,
    String productId,
    Integer views,
    Long daysSilent,
    Stage stage,
    Integer rScore,
    Integer fScore,
    Integer mScore,
    String cutsVersion,
    String openedBy,
    String refreshedBy,
    String orderId) {}
