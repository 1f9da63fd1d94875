package io.customerpulse.domain.customer;

import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.StageEntry;
import java.time.Instant;

/**
 * Everything remembered of one customer. Each part bounds itself, and is stored in a form with a
 * version of its own.
 *
 * @param holdoutKey decides about holdout and variant, whatever becomes of the customer's id
 * @param facts what events have told
 * @param population where the population has this customer
 * @param rate the events accepted lately
 * @param processedUpTo event time up to which this customer's events and timers are processed; null
 *     before the first
 */
public record CustomerState(
    CustomerKey key,
    String holdoutKey,
    CustomerFacts facts,
    StageEntry stage,
    PopulationEntry population,
    LastPublished published,
    EpisodeBook episodes,
    RateWindow rate,
    Erasure erasure,
    Instant processedUpTo) {

  /** A customer of whom nothing is known yet. */
  public static CustomerState unseen(CustomerKey key) {
    return new CustomerState(
        key,
        key.customerId(),
        CustomerFacts.NONE,
        StageEntry.NONE,
        PopulationEntry.NONE,
        LastPublished.NONE,
        EpisodeBook.EMPTY,
        RateWindow.EMPTY,
        Erasure.NONE,
        null);
  }
}
