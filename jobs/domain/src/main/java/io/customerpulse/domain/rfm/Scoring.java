package io.customerpulse.domain.rfm;

import java.time.Instant;

/** How buyers are scored. A buyer without an order in the window scores 1/1/1 in any case. */
public interface Scoring {

  /**
   * The scores that a decision uses.
   *
   * @param at event time of the decision
   * @return null as long as there are no cuts to score by
   */
  Scores score(String tenantId, Instant at, Rfm values);

  /**
   * The scores in the profiles at the end of a bounded run, by cuts taken there and then.
   *
   * @param asOf the end
   * @return null where there are no cuts to score by
   */
  Scores scoreAtEnd(String tenantId, Instant asOf, Rfm values);

  /**
   * Whether a decision at an instant has to do with cuts that should have been replaced by then.
   */
  boolean isOutdated(String tenantId, Instant at);
}
