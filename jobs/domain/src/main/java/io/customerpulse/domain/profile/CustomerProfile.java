package io.customerpulse.domain.profile;

import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;
import java.util.Map;

/**
 * What is known of a customer at one instant. Money is in minor units of {@code currency}.
 *
 * @param firstOrderAt of the counting orders; null without one
 * @param orders counting orders ever
 * @param netSpendMinor of the counting orders ever, refunds taken off
 * @param unmatchedRefundsMinor refunds whose order never came
 * @param recencyDays calendar days since the last counting order; null without one
 * @param scores null without a counting order
 * @param segment of the 25 cells by R and F, or {@code prospect}
 * @param segmentZh of the Chinese eight by R, F and M, or 潜在客户
 * @param cartValueMinor sum of the known prices in all carts
 * @param cartLines lines in all carts
 * @param birthday MM-DD or YYYY-MM-DD
 * @param marketingConsent null where the customer never said
 * @param attributes values are String, Long, Double or Boolean
 * @param asOf the instant at which all this holds
 */
public record CustomerProfile(
    String tenantId,
    String customerId,
    KnownIdentifiers identifiers,
    Instant firstSeenAt,
    Instant lastSeenAt,
    Instant firstOrderAt,
    Instant lastOrderAt,
    long orders,
    long netSpendMinor,
    long ordersInWindow,
    long netSpendInWindowMinor,
    long unmatchedRefundsMinor,
    String currency,
    Integer recencyDays,
    Scores scores,
    String segment,
    String segmentZh,
    Stage stage,
    Instant stageSince,
    Double probabilityAlive,
    Double expectedOrders90d,
    long cartValueMinor,
    int cartLines,
    String favouriteCategory,
    String birthday,
    String zone,
    String level,
    String city,
    Boolean marketingConsent,
    Map<String, Object> attributes,
    Instant asOf) {}
