package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/**
 * The centre: everything that one event or wake-up does to one customer. Pure: the same state,
 * event and context give the same decision, whoever asks and however often.
 *
 * <p>Events apply in the order of {@link BehaviorEvent#APPLICATION_ORDER}, although they arrive in
 * another: one that the watermark hasn't passed waits in the state's tail. Wake-ups between two
 * events happen between them; one at an event's own instant happens after it. An event that the
 * watermark has passed is late: it is applied at once, as of the watermark.
 */
public final class CustomerProcessor {

  private CustomerProcessor() {}

  /** Takes an event: into the tail, or, if it is late, into effect. */
  public static Decision onEvent(CustomerState state, BehaviorEvent event, Context context) {
    Settlement settlement = new Settlement(state, context);
    if (event.eventTime().isAfter(context.watermark())) {
      settlement.await(event);
    } else {
      settlement.settleThrough(context.watermark());
      settlement.applyLate(event);
      settlement.settleThrough(context.watermark());
    }
    return settlement.decision();
  }

  /**
   * Settles everything up to an instant that the watermark has reached: events that waited for it,
   * and what time alone decides.
   */
  public static Decision onTimer(CustomerState state, Instant now, Context context) {
    Settlement settlement = new Settlement(state, context);
    settlement.settleThrough(now);
    settlement.recountAt(now);
    return settlement.decision();
  }
}
