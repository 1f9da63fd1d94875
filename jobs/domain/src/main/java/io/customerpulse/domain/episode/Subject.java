package io.customerpulse.domain.episode;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.Segments;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;

/** The customer as the episodes see it, at the moment they look. */
public interface Subject {

  CustomerKey key();

  /** Decides about holdout and variant, whatever becomes of the customer's id. */
  String holdoutKey();

  Carts carts();

  /** What was bought lately, the oldest first. */
  List<RecentPurchase> recentPurchases();

  Stage stage();

  Instant stageSince();

  /** Whether silence brought the customer into the stage. */
  boolean stageBySilence();

  /** The last click, browse, cart or purchase; null without one. */
  Instant lastActivityAt();

  /** The last counting order; null without one. */
  Instant lastOrderAt();

  /** Null without a counting order, and as long as there are no cuts to score by. */
  Scores scoresAt(Instant now);

  CustomerProfile profileAt(Instant now);

  /** Of calendar days. */
  ZoneId zone();

  /** Event time up to which everything is settled. */
  Instant processedUpTo();

  Segments segments();

  /** Whether any counting order lies in the window of frequency and money. */
  boolean hasOrderInWindow(Instant now);

  /** Null where the customer never told. */
  MonthDay birthday();

  /** Null where the customer never said. */
  Boolean marketingConsent();
}
