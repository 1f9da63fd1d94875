package io.customerpulse.domain.lifecycle;

import java.time.Instant;

/**
 * How a customer came into the present stage.
 *
 * @param stage null until the first event is applied
 * @param since null as long
 * @param bySilence whether silence brought the customer into it
 */
public record StageEntry(Stage stage, Instant since, boolean bySilence) {
  public static final StageEntry NONE = new StageEntry(null, null, false);
}
