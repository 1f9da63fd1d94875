package io.customerpulse.domain.rfm;

/**
 * Recency, frequency and monetary scores, each 1 (worst) to 5 (best).
 *
 * @param cutsVersion version of the cuts that gave them
 */
public record Scores(int r, int f, int m, String cutsVersion) {}
