package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.CustomerIdentifiers;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.ItemLine;
import io.customerpulse.schemas.LifecycleStage;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.MarketingAction;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import io.customerpulse.schemas.StepOutcome;
import io.customerpulse.schemas.TriggerEvidence;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.util.Collector;

/**
 * Profiles, stage changes, triggers and outcomes with the shares of a usual shop, each customer a
 * function of its number: two in five have ordered, one in three has left a cart, one in ten fell
 * asleep. What they are worth to a benchmark is their number and their width.
 */
final class MadeUpCustomers {
  private static final String TENANT = "default";
  private static final int HOLDOUT_PERCENT = 10;

  private final Instant start;
  private final Duration span;
  private final AvroEncoding<CustomerProfileRecord> profiles =
      new AvroEncoding<>(CustomerProfileRecord.class);
  private final AvroEncoding<LifecycleTransitionRecord> transitions =
      new AvroEncoding<>(LifecycleTransitionRecord.class);
  private final AvroEncoding<MarketingTriggerRecord> triggers =
      new AvroEncoding<>(MarketingTriggerRecord.class);
  private final AvroEncoding<TriggerOutcomeRecord> outcomes =
      new AvroEncoding<>(TriggerOutcomeRecord.class);
  private final AvroEncoding<RfmCutPointsRecord> cuts =
      new AvroEncoding<>(RfmCutPointsRecord.class);

  MadeUpCustomers(Instant start, Duration span) {
    this.start = start;
    this.span = span;
  }

  /** The id of a customer. */
  static String id(long number) {
    return String.format(Locale.ROOT, "c%015x", (number * 0x9E3779B97F4A7C15L) >>> 4);
  }

  void emit(long number, Collector<TopicRecord> out) {
    SplittableRandom random = new SplittableRandom(number);
    String id = id(number);
    if (number == 0) {
      emitCuts(out);
    }
    Instant firstSeen = at(random, start);
    long orders = random.nextInt(5) < 2 ? 1 + Math.min(random.nextInt(30), random.nextInt(30)) : 0;
    Instant lastOrder = orders == 0 ? null : at(random, firstSeen);
    long spend = orders * (1_000 + random.nextInt(20_000));
    LifecycleStage stage = stage(orders, random);
    emitTransitions(id, stage, firstSeen, lastOrder, out);
    emitProfile(id, stage, firstSeen, lastOrder, orders, spend, random, out);
    if (random.nextInt(3) == 0) {
      emitTrigger(id, "cart-reminder", "cart_abandonment", firstSeen, random, out);
    }
    if (stage == LifecycleStage.DORMANT) {
      emitTrigger(id, "win-back", "reactivation", firstSeen, random, out);
    }
  }

  private Instant at(SplittableRandom random, Instant from) {
    long left = start.plus(span).toEpochMilli() - from.toEpochMilli();
    return from.plusMillis(random.nextLong(Math.max(1, left)));
  }

  private static LifecycleStage stage(long orders, SplittableRandom random) {
    if (orders == 0) {
      return LifecycleStage.PROSPECT;
    }
    return switch (random.nextInt(4)) {
      case 0 -> LifecycleStage.DORMANT;
      case 1 -> LifecycleStage.AT_RISK;
      default ->
          orders >= 5
              ? LifecycleStage.LOYAL
              : orders == 1 ? LifecycleStage.NEW : LifecycleStage.REPEAT;
    };
  }

  private void emitProfile(
      String id,
      LifecycleStage stage,
      Instant firstSeen,
      Instant lastOrder,
      long orders,
      long spend,
      SplittableRandom random,
      Collector<TopicRecord> out) {
    CustomerProfileRecord profile =
        CustomerProfileRecord.newBuilder()
            .setTenantId(TENANT)
            .setCustomerId(id)
            .setIdentifiers(identifiers(id))
            .setFirstSeenAt(firstSeen)
            .setLastSeenAt(lastOrder == null ? firstSeen : lastOrder)
            .setFirstOrderAt(lastOrder)
            .setLastOrderAt(lastOrder)
            .setOrders(orders)
            .setNetSpendMinor(spend)
            .setOrdersInWindow(orders)
            .setNetSpendInWindowMinor(spend)
            .setUnmatchedRefundsMinor(0)
            .setCurrency("CNY")
            .setSegment("prospect")
            .setSegmentZh("潜在客户")
            .setStage(stage)
            .setStageSince(firstSeen)
            .setCartValueMinor(random.nextInt(50_000))
            .setCartLines(random.nextInt(4))
            .setFavouriteCategory("C" + random.nextInt(50))
            .setCity("city-" + random.nextInt(300))
            .setAttributes(Map.of())
            .setAsOf(start.plus(span))
            .build();
    out.collect(
        TopicRecord.of(
            Topic.CUSTOMER_PROFILES, key(id), profiles.encode(profile), millis(firstSeen)));
  }

  private void emitTransitions(
      String id,
      LifecycleStage stage,
      Instant firstSeen,
      Instant lastOrder,
      Collector<TopicRecord> out) {
    transition(id, null, LifecycleStage.PROSPECT, firstSeen, "first_seen", out);
    if (lastOrder != null) {
      transition(id, LifecycleStage.PROSPECT, LifecycleStage.NEW, lastOrder, "first_order", out);
      if (stage != LifecycleStage.NEW) {
        transition(
            id, LifecycleStage.NEW, stage, lastOrder.plus(Duration.ofHours(1)), "silence", out);
      }
    }
  }

  private void transition(
      String id,
      LifecycleStage from,
      LifecycleStage to,
      Instant at,
      String reason,
      Collector<TopicRecord> out) {
    out.collect(
        TopicRecord.of(
            Topic.LIFECYCLE_TRANSITIONS,
            key(id),
            transitions.encode(new LifecycleTransitionRecord(TENANT, id, from, to, at, reason)),
            millis(at)));
  }

  private void emitTrigger(
      String id,
      String rule,
      String kind,
      Instant from,
      SplittableRandom random,
      Collector<TopicRecord> out) {
    String triggerId = rule + '-' + id;
    Instant firedAt = at(random, from);
    boolean holdout = random.nextInt(100) < HOLDOUT_PERCENT;
    MarketingTriggerRecord fire =
        MarketingTriggerRecord.newBuilder()
            .setTriggerId(triggerId)
            .setAction(MarketingAction.FIRE)
            .setRuleId(rule)
            .setRuleVersion(1)
            .setKind(kind)
            .setTenantId(TENANT)
            .setCustomerId(id)
            .setIdentifiers(identifiers(id))
            .setEpisodeId("e-" + triggerId)
            .setStep(1)
            .setDueAt(firedAt)
            .setFiredAt(firedAt)
            .setValidUntil(firedAt.plus(Duration.ofHours(12)))
            .setVariant(holdout ? "holdout" : "treated")
            .setReason("cart_left")
            .setEvidence(evidence(random))
            .build();
    out.collect(
        TopicRecord.of(Topic.MARKETING_TRIGGERS, key(id), triggers.encode(fire), millis(firedAt)));
    if (random.nextInt(10) < (holdout ? 2 : 3)) {
      Instant ordered = firedAt.plus(Duration.ofMinutes(1 + random.nextInt(10_000)));
      TriggerOutcomeRecord converted =
          TriggerOutcomeRecord.newBuilder()
              .setTriggerId(triggerId)
              .setRuleId(rule)
              .setRuleVersion(1)
              .setTenantId(TENANT)
              .setCustomerId(id)
              .setStep(1)
              .setOutcome(StepOutcome.CONVERTED)
              .setAt(ordered)
              .setOrderId("o-" + triggerId)
              .setRevenueMinor(holdout ? 0L : 1_000L + random.nextInt(20_000))
              .setLiftConverted(true)
              .build();
      out.collect(
          TopicRecord.of(
              Topic.TRIGGER_OUTCOMES, key(id), outcomes.encode(converted), millis(ordered)));
    }
  }

  private static TriggerEvidence evidence(SplittableRandom random) {
    String product = "P" + random.nextInt(1_000);
    return TriggerEvidence.newBuilder()
        .setAppId("wx" + random.nextInt(2))
        .setValueMinor(4_000L)
        .setLines(
            List.of(
                new ItemLine("K1-" + product, product, "C1", 1L, 3_000L),
                new ItemLine("K2-" + product, product, "C2", 1L, 1_000L)))
        .build();
  }

  private static CustomerIdentifiers identifiers(String id) {
    return CustomerIdentifiers.newBuilder().setUserId("u-" + id).build();
  }

  private void emitCuts(Collector<TopicRecord> out) {
    for (long day = 0; day < span.toDays(); day++) {
      Instant midnight = start.plus(Duration.ofDays(day));
      String version = "day-" + day;
      out.collect(
          TopicRecord.of(
              Topic.RFM_CUT_POINTS,
              TENANT + ':' + version,
              cuts.encode(
                  new RfmCutPointsRecord(
                      TENANT,
                      version,
                      midnight,
                      midnight.plus(Duration.ofHours(1)),
                      List.of(7, 20, 40, 60),
                      List.of(2, 4, 8, 14),
                      List.of(10_000L, 30_000L, 70_000L, 150_000L))),
              millis(midnight)));
    }
  }

  private static String key(String id) {
    return new CustomerKey(TENANT, id).asText();
  }

  private static long millis(Instant at) {
    return at.toEpochMilli();
  }
}
