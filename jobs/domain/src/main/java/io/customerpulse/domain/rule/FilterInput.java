package io.customerpulse.domain.rule;

import java.util.Map;

/**
 * What a filter may look at: field → value, by the names and types of the rules' documentation. A
 * field that is absent or null is unset; {@code has(customer.birthday)} asks.
 *
 * @param customer the customer as of the judged step
 * @param cart the cart of the episode; empty where the rule's kind has none
 * @param episode the episode and its step
 * @param event the event that opened or last refreshed the episode; empty where time alone did
 */
public record FilterInput(
    Map<String, Object> customer,
    Map<String, Object> cart,
    Map<String, Object> episode,
    Map<String, Object> event) {}
