package io.customerpulse.behavior.avro;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What decisions tell, as records of the topics it is told on: key, Avro value, and the event time
 * of what it tells. An instance belongs to one thread.
 */
public final class OutputRecords {
  private final AvroEncoding<BehaviorEventRecord> events =
      new AvroEncoding<>(BehaviorEventRecord.class);
  private final AvroEncoding<CustomerProfileRecord> profiles =
      new AvroEncoding<>(CustomerProfileRecord.class);
  private final AvroEncoding<LifecycleTransitionRecord> transitions =
      new AvroEncoding<>(LifecycleTransitionRecord.class);
  private final AvroEncoding<MarketingTriggerRecord> triggers =
      new AvroEncoding<>(MarketingTriggerRecord.class);
  private final AvroEncoding<TriggerOutcomeRecord> outcomes =
      new AvroEncoding<>(TriggerOutcomeRecord.class);
  private final AvroEncoding<RfmCutPointsRecord> cutPoints =
      new AvroEncoding<>(RfmCutPointsRecord.class);
  private final AvroEncoding<DeadLetterRecord> deadLetters =
      new AvroEncoding<>(DeadLetterRecord.class);

  /**
   * The record of an effect; empty for what is only counted, and for an event that was rejected,
   * whose record {@link DeadLetterRecords} makes.
   *
   * @param now event time of the decision: the time of what has none of its own
   */
  public Optional<TopicRecord> of(Effect effect, Instant now) {
    if (effect instanceof Effect.EventAccepted accepted) {
      return Optional.of(event(accepted.event()));
    }
    if (effect instanceof Effect.ProfileChanged changed) {
      return Optional.of(profile(changed.profile()));
    }
    if (effect instanceof Effect.ProfileRemoved removed) {
      String key = removed.customer().asText();
      return Optional.of(TopicRecord.tombstone(Topic.CUSTOMER_PROFILES, key, now.toEpochMilli()));
    }
    if (effect instanceof Effect.StageChanged changed) {
      return Optional.of(transition(changed.transition()));
    }
    if (effect instanceof Effect.TriggerIssued issued) {
      return Optional.of(trigger(issued.trigger()));
    }
    if (effect instanceof Effect.OutcomeRecorded recorded) {
      return Optional.of(outcome(recorded.outcome()));
    }
    return Optional.empty();
  }

  /**
   * The record of what could not be taken.
   *
   * @param at its event time, or when it was read where it has none
   */
  TopicRecord deadLetter(DeadLetter letter, Instant at) {
    DeadLetterRecord value =
        new DeadLetterRecord(
            letter.code().wireName(),
            letter.message(),
            letter.raw(),
            letter.rawForm().wireName(),
            letter.rawEncoding(),
            (long) letter.rawLength(),
            letter.rawSha256(),
            letter.source(),
            letter.position());
    return TopicRecord.of(
        Topic.DEAD_LETTERS,
        letter.source() + ':' + letter.position(),
        deadLetters.encode(value),
        at.toEpochMilli());
  }

  /** The record of cuts. */
  public TopicRecord cutPoints(CutPoints points) {
    return TopicRecord.of(
        Topic.RFM_CUT_POINTS,
        CutPointsRecords.key(points.tenantId(), points.cuts().version()),
        cutPoints.encode(CutPointsRecords.toAvro(points)),
        points.takenAt().toEpochMilli());
  }

  /** The end of cuts: the topic forgets them. */
  public TopicRecord cutPointsGivenUp(String tenantId, String version, Instant at) {
    String key = CutPointsRecords.key(tenantId, version);
    return TopicRecord.tombstone(Topic.RFM_CUT_POINTS, key, at.toEpochMilli());
  }

  private TopicRecord event(BehaviorEvent event) {
    return TopicRecord.of(
        Topic.BEHAVIOR_EVENTS,
        event.customer().asText(),
        events.encode(BehaviorEvents.toAvro(event)),
        event.eventTime().toEpochMilli());
  }

  private TopicRecord profile(CustomerProfile profile) {
    return TopicRecord.of(
        Topic.CUSTOMER_PROFILES,
        key(profile.tenantId(), profile.customerId()),
        profiles.encode(CustomerRecords.profile(profile)),
        profile.asOf().toEpochMilli());
  }

  private TopicRecord transition(StageTransition transition) {
    return TopicRecord.of(
        Topic.LIFECYCLE_TRANSITIONS,
        key(transition.tenantId(), transition.customerId()),
        transitions.encode(CustomerRecords.transition(transition)),
        transition.at().toEpochMilli());
  }

  private TopicRecord trigger(Trigger trigger) {
    return TopicRecord.of(
        Topic.MARKETING_TRIGGERS,
        key(trigger.tenantId(), trigger.customerId()),
        triggers.encode(TriggerRecords.trigger(trigger)),
        trigger.firedAt().toEpochMilli());
  }

  private TopicRecord outcome(TriggerOutcome outcome) {
    return TopicRecord.of(
        Topic.TRIGGER_OUTCOMES,
        key(outcome.tenantId(), outcome.customerId()),
        outcomes.encode(TriggerRecords.outcome(outcome)),
        outcome.at().toEpochMilli());
  }

  private static String key(String tenantId, String customerId) {
    return new CustomerKey(tenantId, customerId).asText();
  }
}
