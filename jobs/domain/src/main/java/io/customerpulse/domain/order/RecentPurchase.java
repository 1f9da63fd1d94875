package io.customerpulse.domain.order;

import java.time.Instant;
import java.util.List;

/**
 * What was paid for lately: episodes end with it, and events that come late must know of it.
 *
 * @param cartId null where the order named none
 * @param skuIds empty where the order had no lines
 * @param productIds of its lines, as far as they name products and a rule asks for them
 * @param repeated whether the order was a paid one already: then its lines leave the carts, and
 *     nothing ends with it
 */
public record RecentPurchase(
    Instant at,
    String orderId,
    long amountMinor,
    String cartId,
    List<String> skuIds,
    List<String> productIds,
    boolean repeated) {}
