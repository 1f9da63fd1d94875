package io.customerpulse.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.BrowseProperties;
import io.customerpulse.schemas.CustomerIdentifiers;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.CustomerRedirectRecord;
import io.customerpulse.schemas.LifecycleStage;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingAction;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import io.customerpulse.schemas.StepOutcome;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import io.customerpulse.tables.OutputTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Records on every topic that tables are made of, at random by a seed, and what the tables must
 * hold in the end: of a log every record, of a state the last of each key.
 */
final class TopicsOfAShop {
  private static final String TENANT = "shop:1";
  private static final Instant BEGIN = Instant.parse("2024-03-01T02:00:00Z");
  private static final int CUSTOMERS = 40;

  /** A trigger as its table has it. */
  static final class Trigger {
    int conversions;
    long revenueMinor;
    String firstOrder;
    boolean cancelled;

    @Override
    public String toString() {
      String outcome = cancelled ? "CANCELLED" : conversions > 0 ? "CONVERTED" : "null";
      return outcome + ' ' + conversions + ' ' + revenueMinor + ' ' + firstOrder;
    }
  }

  private final SplittableRandom random;
  private final DeploymentSettings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final JsonRendering rendering = new JsonRendering();
  private final Map<Topic, AvroEncoding<SpecificRecordBase>> encodings = new EnumMap<>(Topic.class);
  private final Map<OutputTable, List<String>> logs = new EnumMap<>(OutputTable.class);
  private final Map<OutputTable, Map<String, String>> states = new EnumMap<>(OutputTable.class);
  private final TreeMap<String, Trigger> triggers = new TreeMap<>();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private int number;

  TopicsOfAShop(long seed, DeploymentSettings settings, KafkaProducer<byte[], byte[]> producer) {
    this.random = new SplittableRandom(seed);
    this.settings = settings;
    this.producer = producer;
    for (OutputTable table :
        List.of(
            OutputTable.BEHAVIOR_EVENTS,
            OutputTable.LIFECYCLE_TRANSITIONS,
            OutputTable.TRIGGER_OUTCOMES)) {
      logs.put(table, new ArrayList<>());
    }
    for (OutputTable table :
        List.of(
            OutputTable.CUSTOMER_PROFILES,
            OutputTable.CUSTOMER_REDIRECTS,
            OutputTable.RFM_CUT_POINTS)) {
      states.put(table, new TreeMap<>());
    }
  }

  /** Some more of everything; returns when the broker has it, or fails if it doesn't take it. */
  void write(int steps) {
    for (int i = 0; i < steps; i++) {
      number++;
      Instant at = BEGIN.plus(Duration.ofHours(number));
      String customer = "c" + random.nextInt(CUSTOMERS);
      log(OutputTable.BEHAVIOR_EVENTS, customer, event(customer, at));
      log(OutputTable.LIFECYCLE_TRANSITIONS, customer, transition(customer, at));
      state(OutputTable.CUSTOMER_PROFILES, customer, profile(customer, at));
      state(
          OutputTable.CUSTOMER_REDIRECTS,
          "old" + customer,
          new CustomerRedirectRecord(TENANT, "old" + customer, "new" + number, at));
      if (number % 10 == 0) {
        String version = at.toString().substring(0, 10);
        state(OutputTable.RFM_CUT_POINTS, version, cuts(version, at));
      }
      trigger(customer, at);
    }
    awaitTaken();
  }

  private void trigger(String customer, Instant at) {
    String id = "t" + number;
    triggers.put(id, new Trigger());
    send(Topic.MARKETING_TRIGGERS, key(customer), fire(id, customer, at));
    // What becomes of it, or of an earlier one.
    String of = random.nextBoolean() ? id : "t" + (1 + random.nextInt(number));
    Trigger trigger = triggers.get(of);
    switch (random.nextInt(4)) {
      case 0 -> {
        trigger.cancelled = true;
        outcome(of, customer, StepOutcome.CANCELLED, at, null, 0);
      }
      case 1 -> {
        int orders = 1 + random.nextInt(2);
        for (int i = 0; i < orders; i++) {
          String order = "o" + number + '-' + i;
          trigger.conversions++;
          trigger.revenueMinor += 100 + number;
          trigger.firstOrder = trigger.firstOrder == null ? order : trigger.firstOrder;
          outcome(of, customer, StepOutcome.CONVERTED, at.plusSeconds(i), order, 100 + number);
        }
      }
      default -> outcome("s" + number, customer, StepOutcome.SUPPRESSED, at, null, 0);
    }
  }

  private void outcome(
      String trigger, String customer, StepOutcome what, Instant at, String order, long revenue) {
    boolean converted = what == StepOutcome.CONVERTED;
    log(
        OutputTable.TRIGGER_OUTCOMES,
        customer,
        TriggerOutcomeRecord.newBuilder()
            .setTriggerId(trigger)
            .setRuleId("cart-reminder")
            .setRuleVersion(1)
            .setTenantId(TENANT)
            .setCustomerId(customer)
            .setStep(1)
            .setOutcome(what)
            .setAt(at)
            .setOrderId(order)
            .setRevenueMinor(converted ? revenue : null)
            .setLiftConverted(converted ? Boolean.TRUE : null)
            .build());
  }

  /** Customers that are no more. */
  void remove(int customers) {
    for (int i = 0; i < customers; i++) {
      String customer = "c" + random.nextInt(CUSTOMERS);
      for (OutputTable table :
          List.of(OutputTable.CUSTOMER_PROFILES, OutputTable.CUSTOMER_REDIRECTS)) {
        String id = table == OutputTable.CUSTOMER_PROFILES ? customer : "old" + customer;
        states.get(table).remove(id);
        send(table.topic(), key(id), null);
      }
    }
    awaitTaken();
  }

  /** A record that the broker hasn't taken must not look like one that a table lacks. */
  private void awaitTaken() {
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      assertThat(record).succeedsWithin(Duration.ZERO);
    }
    sent.clear();
  }

  /** Tables but that of the triggers → all their rows, as JSON, in any order. */
  Map<OutputTable, Collection<String>> rows() {
    Map<OutputTable, Collection<String>> rows = new EnumMap<>(OutputTable.class);
    rows.putAll(logs);
    states.forEach((table, byKey) -> rows.put(table, byKey.values()));
    return rows;
  }

  Map<String, String> triggers() {
    Map<String, String> byId = new TreeMap<>();
    triggers.forEach((id, trigger) -> byId.put(id, trigger.toString()));
    return byId;
  }

  private void log(OutputTable table, String customer, SpecificRecordBase record) {
    logs.get(table).add(rendering.line(record));
    send(table.topic(), key(customer), record);
  }

  private void state(OutputTable table, String id, SpecificRecordBase record) {
    states.get(table).put(id, rendering.line(record));
    send(table.topic(), key(id), record);
  }

  private void send(Topic topic, String key, SpecificRecordBase record) {
    sent.add(
        producer.send(
            new ProducerRecord<>(
                settings.kafka().topic(topic.wireName()),
                key.getBytes(StandardCharsets.UTF_8),
                record == null ? null : encoding(topic).encode(record))));
  }

  @SuppressWarnings("unchecked")
  private AvroEncoding<SpecificRecordBase> encoding(Topic topic) {
    return encodings.computeIfAbsent(
        topic, of -> (AvroEncoding<SpecificRecordBase>) TopicEncodings.of(of).orElseThrow());
  }

  private static String key(String id) {
    return TENANT + ':' + id;
  }

  private BehaviorEventRecord event(String customer, Instant at) {
    return BehaviorEventRecord.newBuilder()
        .setEventId("e" + number)
        .setType("browse")
        .setTenantId(TENANT)
        .setAppId("wx1")
        .setCustomerId(customer)
        .setEventTime(at)
        .setDeviceTime(at)
        .setUserId(customer)
        .setProperties(BrowseProperties.newBuilder().setProductId("P" + number % 7).build())
        .setRepairs(List.of())
        .setExtras(Map.of())
        .build();
  }

  private LifecycleTransitionRecord transition(String customer, Instant at) {
    return new LifecycleTransitionRecord(
        TENANT, customer, null, LifecycleStage.PROSPECT, at, "n" + number);
  }

  private CustomerProfileRecord profile(String customer, Instant at) {
    return CustomerProfileRecord.newBuilder()
        .setTenantId(TENANT)
        .setCustomerId(customer)
        .setIdentifiers(CustomerIdentifiers.newBuilder().setUserId(customer).build())
        .setFirstSeenAt(BEGIN)
        .setLastSeenAt(at)
        .setOrders(number)
        .setNetSpendMinor(0)
        .setOrdersInWindow(number)
        .setNetSpendInWindowMinor(0)
        .setUnmatchedRefundsMinor(0)
        .setCurrency("CNY")
        .setSegment("prospect")
        .setSegmentZh("潜在客户")
        .setStage(LifecycleStage.PROSPECT)
        .setStageSince(BEGIN)
        .setCartValueMinor(0)
        .setCartLines(0)
        .setAttributes(Map.of())
        .setAsOf(at)
        .build();
  }

  private static RfmCutPointsRecord cuts(String version, Instant at) {
    return new RfmCutPointsRecord(
        TENANT, version, at, at, List.of(1, 2, 3, 4), List.of(1, 2, 3, 4), List.of(1L, 2L, 3L, 4L));
  }

  private static MarketingTriggerRecord fire(String id, String customer, Instant at) {
    return MarketingTriggerRecord.newBuilder()
        .setTriggerId(id)
        .setAction(MarketingAction.FIRE)
        .setRuleId("cart-reminder")
        .setRuleVersion(1)
        .setKind("cart_abandonment")
        .setTenantId(TENANT)
        .setCustomerId(customer)
        .setIdentifiers(CustomerIdentifiers.newBuilder().setUserId(customer).build())
        .setEpisodeId("e" + id)
        .setStep(1)
        .setDueAt(at)
        .setFiredAt(at)
        .setValidUntil(at)
        .setVariant("treated")
        .build();
  }
}
