package io.customerpulse.domain.settings;

import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.SegmentNames;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a deployment can set of the meaning of things, read once, validated as a whole and never
 * changed. The keys and defaults stand in config/reference.yaml. Serialisable, because it travels.
 */
public record Settings(
    Time time,
    Money money,
    Dedup dedup,
    Orders orders,
    Rfm rfm,
    Lifecycle lifecycle,
    Triggers triggers,
    Identity identity,
    Map<String, Tenant> tenants)
    implements Serializable {

  /** The same, but customers are scored in another way. */
  public Settings scoredBy(Scoring scoring) {
    Rfm other = new Rfm(rfm.window(), scoring, rfm.high(), rfm.thresholds(), rfm.segmentNames());
    return new Settings(time, money, dedup, orders, other, lifecycle, triggers, identity, tenants);
  }

  /** Zone and currency of a tenant: its own, or the defaults. */
  public Tenant tenant(String tenantId) {
    Tenant own = tenants.get(tenantId);
    return own == null ? new Tenant(time.zone(), money.currency()) : own;
  }

  /**
   * Stands for every setting that decides when a customer has to be looked at next: it changes when
   * one of them does.
   */
  public String wakeFingerprint() {
    return String.join(
        "\n",
        time.zone().toString(),
        rfm.toString(),
        lifecycle.toString(),
        triggers.toString(),
        new TreeMap<>(tenants).toString());
  }

  /**
   * How time is read and passes.
   *
   * @param zone of calendar days and quiet hours
   * @param outOfOrderness how late an event may come without being late
   * @param maxFuture how far after its reception an event may lie
   * @param clock what decides whether a trigger is still valid
   */
  public record Time(ZoneId zone, Duration outOfOrderness, Duration maxFuture, Clock clock)
      implements Serializable {}

  public enum Clock {
    /** The clock on the wall: production. Idle input lets time go on. */
    WALL,
    /** Event time alone: replay, accelerated demos. */
    EVENT
  }

  public record Money(Currency currency) implements Serializable {}

  /**
   * What makes two events duplicates.
   *
   * @param window two events of one id are duplicates when their devices' times are less than this
   *     apart
   */
  public record Dedup(Duration window) implements Serializable {}

  /**
   * How orders are told apart.
   *
   * @param scope within what an id means one order of a customer
   */
  public record Orders(OrderScope scope) implements Serializable {}

  /**
   * How recency, frequency and money are scored.
   *
   * @param window whole calendar days that an order counts, at least one
   * @param high a score from which a dimension is high in the eight segments, 2 to 5
   */
  public record Rfm(
      Duration window, Scoring scoring, int high, Thresholds thresholds, SegmentNames segmentNames)
      implements Serializable {}

  public enum Scoring {
    /** By the place within the tenant's population. */
    QUINTILES,
    /** By fixed cuts. */
    THRESHOLDS
  }

  /** Four ascending cuts each. */
  public record Thresholds(
      List<Integer> recencyDays, List<Integer> frequency, List<Long> monetaryMinor)
      implements Serializable {}

  /**
   * When a customer changes stage.
   *
   * @param silence three ascending lengths of silence: at risk, dormant, lost
   * @param loyalOrders counting orders in the window that make a customer loyal
   * @param probability three descending probabilities of being alive: at risk, dormant, lost
   * @param probabilityLatest three ascending lengths of silence by which they count as reached
   * @param model of the probability and the expected orders, whatever the policy
   * @param horizon how far ahead orders are expected
   */
  public record Lifecycle(
      Policy policy,
      List<Duration> silence,
      int loyalOrders,
      Cadence cadence,
      List<Double> probability,
      List<Duration> probabilityLatest,
      MbgNbd model,
      Duration horizon)
      implements Serializable {}

  public enum Policy {
    /** The same lengths of silence for every buyer. */
    FIXED,
    /** Multiples of the buyer's own gap between order days. */
    CADENCE,
    /** The moments at which the probability of being alive falls to thresholds. */
    PROBABILITY
  }

  /**
   * How a buyer's own rhythm makes silence long.
   *
   * @param gaps so many of the last gaps between order days count
   * @param least a median gap below it counts as this, and at most {@code most}
   * @param factors three ascending multiples of the median: at risk, dormant, lost
   */
  public record Cadence(int gaps, Duration least, Duration most, List<BigDecimal> factors)
      implements Serializable {}

  /**
   * What holds for all rules.
   *
   * @param cap over the fires of all rules for one customer; null for none
   * @param precedence how long a fire of a higher kind keeps the lower ones quiet
   * @param conversion how long after a fire an order counts as its success
   * @param consentDefault whether a customer who never said may be addressed
   */
  public record Triggers(Cap cap, Duration precedence, Duration conversion, boolean consentDefault)
      implements Serializable {}

  /**
   * How identifiers are read.
   *
   * @param piiKeyEnv name of the environment variable that holds the key for phone hashes
   * @param junk identifier values that stand for nobody, in lower case, compared without regard to
   *     case
   * @param junkBirthdays days that stand for no birthday, as they are sent
   */
  public record Identity(String piiKeyEnv, Set<String> junk, Set<String> junkBirthdays)
      implements Serializable {}

  public record Tenant(ZoneId zone, Currency currency) implements Serializable {}
}
