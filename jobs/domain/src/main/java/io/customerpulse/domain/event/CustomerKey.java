package io.customerpulse.domain.event;

/**
 * One customer of one tenant.
 *
 * @param customerId opaque: a hash of the tenant and the strongest identifier known
 */
public record CustomerKey(String tenantId, String customerId) {

  /** The customer that an identifier stands for as long as no stronger one is known. */
  public static CustomerKey of(String tenantId, Identifier strongest) {
    return new CustomerKey(
        tenantId,
        ContentHash.of(
            "customer",
            tenantId,
            strongest.kind().wireName(),
            strongest.scope(),
            strongest.value()));
  }

  /** The key of Kafka records and of keyed state. Customer ids have no colon. */
  public String asText() {
    return tenantId + ':' + customerId;
  }
}
