package io.customerpulse.domain.oracle;

import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;
import java.time.ZoneId;

/** What a kind of rule may ask about the customer, as of the moment that the oracle has reached. */
interface NaiveCustomer {

  /** All events so far. */
  NaiveHistory history();

  Stage stage();

  /** Null for a prospect. */
  Scores scoresAt(Instant now);

  ZoneId zone();
}
