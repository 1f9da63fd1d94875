package io.customerpulse.behavior.avro;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.CustomerRedirectRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** Which record stands on which topic. Encodings reuse buffers: ask for one per thread. */
public final class TopicEncodings {
  private TopicEncodings() {}

  /** The encoding of a topic's values; empty for a topic that has no Avro records. */
  public static Optional<AvroEncoding<? extends SpecificRecordBase>> of(Topic topic) {
    return switch (topic) {
      case BEHAVIOR_EVENTS -> Optional.of(new AvroEncoding<>(BehaviorEventRecord.class));
      case CUSTOMER_PROFILES -> Optional.of(new AvroEncoding<>(CustomerProfileRecord.class));
      case CUSTOMER_REDIRECTS -> Optional.of(new AvroEncoding<>(CustomerRedirectRecord.class));
      case LIFECYCLE_TRANSITIONS ->
          Optional.of(new AvroEncoding<>(LifecycleTransitionRecord.class));
      case MARKETING_TRIGGERS -> Optional.of(new AvroEncoding<>(MarketingTriggerRecord.class));
      case TRIGGER_OUTCOMES -> Optional.of(new AvroEncoding<>(TriggerOutcomeRecord.class));
      case RFM_CUT_POINTS -> Optional.of(new AvroEncoding<>(RfmCutPointsRecord.class));
      case DEAD_LETTERS -> Optional.of(new AvroEncoding<>(DeadLetterRecord.class));
      case TRIGGER_RULES -> Optional.of(new AvroEncoding<>(TriggerRuleRecord.class));
      case TRACKING_EVENTS, CUSTOMER_MOVES -> Optional.empty();
    };
  }
}
