package io.customerpulse.history.fit;

import java.util.List;

/**
 * The most likely parameters.
 *
 * @param standardErrors in the order of {@link Parameters#NAMES}; null where the likelihood is so
 *     flat that the sample doesn't say
 */
record Estimate(
    PurchaseModel model,
    Parameters parameters,
    double logLikelihood,
    List<Double> standardErrors) {}
