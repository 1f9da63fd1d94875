package io.customerpulse.domain.customer;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;

/**
 * The centre: everything that one event or timer does to one customer. Pure: the same state, event
 * and context give the same decision, whoever asks and however often.
 *
 * <p>Events apply in the order of {@link BehaviorEvent#APPLICATION_ORDER}, although they arrive in
 * another: one that the watermark hasn't passed waits in the state's tail. Timers between two
 * events happen between them; one at an event's own instant happens after it. An event that the
 * watermark has passed is late: it is applied at once, as of the watermark.
 */
public final class CustomerProcessor {

  private CustomerProcessor() {}

  /** Takes an event: into the tail, or, if it is late, into effect. */
  public static Decision<CustomerState, Effect> onEvent(
      CustomerState state, BehaviorEvent event, Context context) {
    CustomerAggregate customer = new CustomerAggregate(state, context);
    if (event.eventTime().isAfter(context.watermark())) {
      customer.await(event);
    } else {
      customer.processThrough(context.watermark());
      customer.applyLate(event);
      customer.processThrough(context.watermark());
    }
    return customer.decision();
  }

  /**
   * Processes everything up to an instant that the watermark has reached: events that waited for
   * it, and what time alone decides.
   */
  public static Decision<CustomerState, Effect> onTimer(
      CustomerState state, Instant now, Context context) {
    CustomerAggregate customer = new CustomerAggregate(state, context);
    customer.processThrough(now);
    customer.updatePopulation(now);
    return customer.decision();
  }
}
