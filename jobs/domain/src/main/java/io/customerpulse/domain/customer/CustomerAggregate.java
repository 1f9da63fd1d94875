package io.customerpulse.domain.customer;

import static io.customerpulse.domain.customer.Timeline.earlier;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload;
import java.time.Instant;
import java.util.List;

/**
 * One customer, from the state before a decision to the one after it: events and timers in the
 * order of their times, each let in or rejected, and what they do to {@link KnownCustomer}.
 */
final class CustomerAggregate {
  private final CustomerState before;
  private final Context context;
  private final TenantContext ofTenant;
  private final Effects effects = new Effects();
  private final Timeline timeline;

  private Erasure erasure;
  private RateWindow rate;
  private KnownCustomer customer;

  CustomerAggregate(CustomerState state, List<BehaviorEvent> events, Context context) {
    this.before = state;
    this.context = context;
    ofTenant = TenantContext.of(context, state.key().tenantId());
    timeline = new Timeline(events, state.processedUpTo());
    erasure = state.erasure();
    rate = state.rate();
    customer = new KnownCustomer(state, ofTenant, timeline, effects);
  }

  /** Applies events and timers up to an instant, each at its time. */
  void processThrough(Instant limit) {
    while (true) {
      Instant eventAt = timeline.nextEventAt();
      Instant timerAt = timerBefore(limit);
      if (timerAt != null
          && !timerAt.isAfter(limit)
          && (eventAt == null || timerAt.isBefore(eventAt))) {
        onTimer(timerAt);
      } else if (eventAt != null && !eventAt.isAfter(limit)) {
        apply(timeline.takeNext(), eventAt, false);
      } else {
        return;
      }
    }
  }

  /** Applies an event that the watermark has passed, as of the watermark. */
  void applyLate(BehaviorEvent event) {
    effects.note(Note.LATE_EVENT, 1);
    apply(event, context.watermark(), true);
  }

  private void apply(BehaviorEvent event, Instant now, boolean late) {
    timeline.moveTo(now);
    if (erasure.covers(event)) {
      reject(event, now, DeadLetterCode.ERASED, "the person was erased at " + erasure.at());
    } else if (event.payload() instanceof Payload.Erase) {
      effects.add(new Effect.EventAccepted(event));
      erase(event, now);
    } else if (!rate.hasRoomAt(event.eventTime())) {
      reject(
          event,
          now,
          DeadLetterCode.RATE_LIMITED,
          "more than " + RateWindow.LIMIT + " events of one customer in a minute");
    } else {
      rate = rate.with(event.eventTime());
      effects.add(new Effect.EventAccepted(event));
      customer.onEvent(event, now, late);
    }
  }

  private void reject(BehaviorEvent event, Instant now, DeadLetterCode code, String message) {
    customer.passTime(now);
    effects.add(new Effect.EventRejected(event, code, message));
  }

  /** Forgets everything but that there was an erasure. */
  private void erase(BehaviorEvent event, Instant now) {
    customer.erase(now);
    erasure = erasure.with(event.eventTime());
    rate = RateWindow.EMPTY;
    customer = new KnownCustomer(unseen(), ofTenant, timeline, effects);
  }

  private CustomerState unseen() {
    return CustomerState.unseen(before.key());
  }

  private void onTimer(Instant now) {
    timeline.moveTo(now);
    erasure = erasure.asOf(now);
    if (customer.isKnown()) {
      customer.onTimer(now);
    }
  }

  /** Tells the population anew, because settings may have changed since the last time. */
  void updatePopulation(Instant now) {
    if (customer.isKnown()) {
      Instant processed = timeline.processedUpTo();
      customer.updatePopulation(now.isAfter(processed) ? now : processed);
    }
  }

  Decision<CustomerState, Effect> decision() {
    if (!customer.isKnown() && erasure.isNone()) {
      return new Decision<>(null, effects.all(), null);
    }
    return new Decision<>(
        customer.state(before.holdoutKey(), rate, erasure), effects.all(), nextTimer());
  }

  /**
   * The next timer, or the limit where it comes before it: other settings than those of the last
   * decision may have put the customer in another stage already.
   */
  private Instant timerBefore(Instant limit) {
    Instant next = nextTimer();
    Instant processed = timeline.processedUpTo();
    boolean outdated = customer.isKnown() && processed.isBefore(limit) && customer.isOutdated();
    return outdated ? earlier(next, limit) : next;
  }

  /** Never before what is processed; null if never. */
  private Instant nextTimer() {
    Instant next = earlier(erasure.endsAt(), customer.nextTimer());
    Instant processed = timeline.processedUpTo();
    return next != null && processed != null && next.isBefore(processed) ? processed : next;
  }
}
