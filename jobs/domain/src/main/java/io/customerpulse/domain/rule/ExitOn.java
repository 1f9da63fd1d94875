package io.customerpulse.domain.rule;

/** Which paid order ends an episode of an abandoned cart. */
public enum ExitOn {
  /** Any order of the customer. */
  ANY,
  /** An order that shares a SKU with the cart; one without lines counts as any. */
  SKU,
  /** An order of the same cart; one without a cart counts as any. */
  CART
}
