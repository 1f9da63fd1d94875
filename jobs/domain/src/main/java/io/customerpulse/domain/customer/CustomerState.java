package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.profile.Facts;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rfm.Standing;
import io.customerpulse.domain.view.RecentViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything remembered of one customer: what is settled, and the tail of events that the watermark
 * hasn't passed.
 *
 * @param holdoutKey decides about holdout and variant, whatever becomes of the customer's id
 * @param firstSeenAt null until the first event is settled
 * @param lastActivityAt the last click, browse, cart or purchase; null without one
 * @param stage null until the first event is settled
 * @param stageBySilence whether silence brought the customer into the stage
 * @param recentPurchases what was bought lately, the oldest first
 * @param counted where the population has this customer
 * @param published what the last profile said
 * @param erasedAt events up to here belong to somebody who was erased; null where nobody was
 * @param settledAt event time up to which this customer's events and wakes are settled; null before
 *     the first
 * @param tail in the order in which the events apply, at most {@value #TAIL_LIMIT}
 * @param recentViews what a view is compared with that may be one of them, reported again
 */
public record CustomerState(
    CustomerKey key,
    String holdoutKey,
    KnownIdentifiers identifiers,
    Instant firstSeenAt,
    Instant lastSeenAt,
    Instant lastActivityAt,
    OrderBook orders,
    Carts carts,
    Interests interests,
    Facts facts,
    Stage stage,
    Instant stageSince,
    boolean stageBySilence,
    EpisodeBook episodes,
    List<RecentPurchase> recentPurchases,
    RateWindow rate,
    Counted counted,
    Published published,
    Instant erasedAt,
    Instant settledAt,
    List<BehaviorEvent> tail,
    RecentViews recentViews) {

  /**
   * Events that wait for the watermark. The oldest beyond it are settled early and counted: one
   * minute of the most that a customer may send, twice.
   */
  public static final int TAIL_LIMIT = 2 * RateWindow.LIMIT;

  /** Purchases that are remembered for late events, and for how long. */
  public static final int RECENT_PURCHASE_LIMIT = 50;

  public static final Duration RECENT_PURCHASE_LIFE = Duration.ofDays(10);

  /**
   * What the population was told last.
   *
   * @param standing null for somebody who isn't in it
   * @param until the midnight at which the oldest order leaves the window; null without one
   */
  public record Counted(Standing standing, Instant until) {
    public static final Counted NOWHERE = new Counted(null, null);
  }

  /**
   * The last profile that was published.
   *
   * @param at null before the first
   * @param outdated whether something that is published as soon as possible has changed since
   * @param scores r, f and m as three digits; 0 for none
   */
  public record Published(Instant at, Instant lastSeenAt, boolean outdated, int scores) {
    public static final Published NOTHING = new Published(null, null, false, 0);
  }

  /** A customer of whom nothing is known yet. */
  public static CustomerState unseen(CustomerKey key) {
    return new CustomerState(
        key,
        key.customerId(),
        KnownIdentifiers.NONE,
        null,
        null,
        null,
        OrderBook.EMPTY,
        Carts.EMPTY,
        Interests.NONE,
        Facts.NONE,
        null,
        null,
        false,
        EpisodeBook.EMPTY,
        List.of(),
        RateWindow.EMPTY,
        Counted.NOWHERE,
        Published.NOTHING,
        null,
        null,
        List.of(),
        RecentViews.NONE);
  }
}
