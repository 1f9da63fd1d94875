package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.lifecycle.Stage;
import java.time.Instant;

/**
 * A change of stage.
 *
 * @param from the stage that ends; null for the first event of a customer
 * @param to the stage that begins
 * @param at when it begins; of what is learnt late, the watermark
 * @param by the event that brought it about; null where time alone did
 */
public record StageMove(Stage from, Stage to, Instant at, BehaviorEvent by) {

  /** From when on the former stage is known to have been left. */
  public Instant leftAt() {
    return by == null || by.eventTime().isAfter(at) ? at : by.eventTime();
  }
}
