package io.customerpulse.domain.customer;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import java.time.Instant;
import java.util.List;

/**
 * The centre: everything that events or a timer do to one customer. Pure: the same state, events
 * and context give the same decision, whoever asks and however often.
 *
 * <p>Events come in the order of {@link BehaviorEvent#APPLICATION_ORDER} once the watermark has
 * passed them. Timers between two events happen between them; one at an event's own instant happens
 * after it. An event that the watermark had passed when it came is late: it is applied at once, as
 * of the watermark.
 */
public final class CustomerProcessor {

  private CustomerProcessor() {}

  /**
   * Applies events, and what time brings up to an instant that the watermark has reached.
   *
   * @param events in the order in which they apply, all up to that instant
   */
  public static Decision<CustomerState, Effect> onEvents(
      CustomerState state, List<BehaviorEvent> events, Instant now, Context context) {
    CustomerAggregate customer = new CustomerAggregate(state, events, context);
    customer.processThrough(now);
    customer.updatePopulation(now);
    return customer.decision();
  }

  /** Applies an event that the watermark had passed when it came. */
  public static Decision<CustomerState, Effect> onLateEvent(
      CustomerState state, BehaviorEvent event, Context context) {
    CustomerAggregate customer = new CustomerAggregate(state, List.of(), context);
    customer.processThrough(context.watermark());
    customer.applyLate(event);
    customer.processThrough(context.watermark());
    return customer.decision();
  }

  /** Decides what time alone brings up to an instant that the watermark has reached. */
  public static Decision<CustomerState, Effect> onTimer(
      CustomerState state, Instant now, Context context) {
    return onEvents(state, List.of(), now, context);
  }
}
