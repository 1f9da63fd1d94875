package io.customerpulse.domain.event;

/**
 * One line of a cart change or an order.
 *
 * @param quantity pieces; null where the event names none
 * @param unitPriceMinor price of one piece in minor units; null where unknown
 */
public record Line(
    String skuId, String productId, String categoryId, Long quantity, Long unitPriceMinor) {}
