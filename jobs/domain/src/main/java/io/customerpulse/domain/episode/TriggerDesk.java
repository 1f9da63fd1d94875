package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;

/** Where episodes hand in what they have to say. */
public interface TriggerDesk {

  /** Everything from now on happens at this instant. */
  void at(Instant now);

  Instant now();

  void opened(Episode episode);

  void fire(Fire fire, Evidence evidence);

  void cancel(Fire fire, TriggerReason reason);

  void convert(Fire fire, RecentPurchase order, long revenueMinor);

  void record(Episode episode, Rule rule, int step, Outcome outcome, TriggerReason reason);

  /** That a marketing system has said what became of the message of a fire. */
  void reported(Fire fire, MessageStatus status);

  void firesOverLimit();

  void episodesOverLimit();

  void viewsOverLimit();
}
