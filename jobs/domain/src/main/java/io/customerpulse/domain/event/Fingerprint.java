package io.customerpulse.domain.event;

/**
 * 128 bits of a {@link ContentHash}: among all events of years no two different contents are ever
 * taken for one.
 */
public record Fingerprint(long high, long low) {}
