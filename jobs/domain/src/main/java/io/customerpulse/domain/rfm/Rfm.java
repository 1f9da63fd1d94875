package io.customerpulse.domain.rfm;

/**
 * What a buyer is scored by, at one moment.
 *
 * @param recencyDays calendar days since the last counting order
 * @param orders counting orders in the window
 * @param netMinor their net amounts, in minor units
 */
public record Rfm(int recencyDays, long orders, long netMinor) {}
