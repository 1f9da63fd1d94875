package io.customerpulse.lab.demo;

import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on the topics, counted as a consumer sees it. For one thread at a time. */
final class Tally {
  private final Map<Topic, AvroEncoding<? extends SpecificRecordBase>> encodings =
      new EnumMap<>(Topic.class);
  private final Map<Topic, Long> records = new EnumMap<>(Topic.class);
  private final Map<String, String> stageByCustomer = new HashMap<>();
  private final SortedMap<String, Long> deadLetters = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Long>> triggers = new TreeMap<>();
  private final Consumer<MarketingTriggerRecord> onTrigger;

  /**
   * An empty tally.
   *
   * @param onTrigger hears of every trigger
   */
  Tally(Consumer<MarketingTriggerRecord> onTrigger) {
    this.onTrigger = onTrigger;
  }

  void add(Topic topic, ConsumerRecord<String, byte[]> record) {
    records.merge(topic, 1L, Long::sum);
    if (record.value() == null) {
      stageByCustomer.remove(record.key());
      return;
    }
    switch (topic) {
      case CUSTOMER_PROFILES -> {
        CustomerProfileRecord profile = (CustomerProfileRecord) decode(topic, record);
        stageByCustomer.put(record.key(), profile.getStage().toString());
      }
      case DEAD_LETTERS -> {
        DeadLetterRecord letter = (DeadLetterRecord) decode(topic, record);
        deadLetters.merge(letter.getCode().toString(), 1L, Long::sum);
      }
      case MARKETING_TRIGGERS -> {
        MarketingTriggerRecord trigger = (MarketingTriggerRecord) decode(topic, record);
        count(trigger.getRuleId(), trigger.getAction().toString());
        onTrigger.accept(trigger);
      }
      case TRIGGER_OUTCOMES -> {
        TriggerOutcomeRecord outcome = (TriggerOutcomeRecord) decode(topic, record);
        count(outcome.getRuleId(), outcome.getOutcome().toString());
      }
      default -> {
        // The number of records is all that is asked of the others.
      }
    }
  }

  private SpecificRecordBase decode(Topic topic, ConsumerRecord<String, byte[]> record) {
    return encodings
        .computeIfAbsent(topic, key -> TopicEncodings.of(key).orElseThrow())
        .decode(record.value());
  }

  private void count(String ruleId, String what) {
    triggers.computeIfAbsent(ruleId, rule -> new TreeMap<>()).merge(what, 1L, Long::sum);
  }

  long records(Topic topic) {
    return records.getOrDefault(topic, 0L);
  }

  SortedMap<String, Long> deadLettersByCode() {
    return deadLetters;
  }

  /** Living customers by stage. */
  SortedMap<String, Long> customersByStage() {
    SortedMap<String, Long> byStage = new TreeMap<>();
    stageByCustomer.values().forEach(stage -> byStage.merge(stage, 1L, Long::sum));
    return byStage;
  }

  /** Living customers. */
  long customers() {
    return stageByCustomer.size();
  }

  /** FIREs of all rules: each has an id of its own. */
  long fires() {
    return triggers.keySet().stream().mapToLong(rule -> triggers(rule, "FIRE")).sum();
  }

  /** Of one rule: FIRE, CANCEL, CONVERTED, CANCELLED, EXPIRED or SUPPRESSED. */
  long triggers(String ruleId, String what) {
    return triggers.getOrDefault(ruleId, new TreeMap<>()).getOrDefault(what, 0L);
  }
}
