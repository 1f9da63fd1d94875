package io.customerpulse.domain.rule;

import java.util.Map;

/**
 * What a filter may look at: field → value, by the names and types of the rules' documentation. A
 * field that is absent is unset; values are String, Long, Double, Boolean or a map of them, and
 * never null. {@code has(customer.birthday)} asks. Only the variables that an expression names are
 * asked for.
 */
public interface FilterInput {

  /** The customer as of the judged step. */
  Map<String, Object> customer();

  /** The cart of the episode; empty where the rule's kind has none. */
  Map<String, Object> cart();

  /** The episode and its step. */
  Map<String, Object> episode();

  /** The event that opened or last refreshed the episode; empty where time alone did. */
  Map<String, Object> event();
}
