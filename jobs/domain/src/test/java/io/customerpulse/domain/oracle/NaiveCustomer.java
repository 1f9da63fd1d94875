package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;
import java.time.ZoneId;

/** What a kind of rule may ask about the customer, as of the moment that the oracle has reached. */
interface NaiveCustomer {
  CustomerKey key();

  /** All events so far. */
  NaiveHistory history();

  NaiveRules rules();

  Stage stage();

  /** Null for a prospect. */
  Scores scoresAt(Instant now);

  CustomerProfile profileAt(Instant now);

  ZoneId zone();
}
