package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;

/** Takes what the episodes of a customer bring about, in the order in which it happens. */
public interface EpisodeEffects {

  /** Everything from now on happens at this instant. */
  void at(Instant now);

  Instant now();

  void opened(Episode episode);

  void fire(FiredTrigger fire, Evidence evidence);

  void cancel(FiredTrigger fire, TriggerReason reason);

  void convert(FiredTrigger fire, RecentPurchase order, long revenueMinor);

  void record(Episode episode, Rule rule, int step, Outcome outcome, TriggerReason reason);

  /** That a marketing system has said what became of the message of a fire. */
  void reported(FiredTrigger fire, MessageStatus status);

  void firesOverLimit();

  void episodesOverLimit();

  void viewsOverLimit();
}
