package io.customerpulse.lab.simulator;

import io.customerpulse.domain.ingest.TrackingEventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the simulated shops are like. Immutable; every instance is valid.
 *
 * @param seed two simulators of one seed and equal settings tell the same journey, byte by byte
 * @param customers how many people there are, 1 to 1,000,000,000; they cost no memory
 * @param tenants the merchants, each with its own customers: 1 to 100 different ids
 * @param appsPerTenant mini-programs of each merchant, 1 to 20
 * @param products on sale, 10 to 1,000,000
 * @param currency ISO 4217 code of all prices
 * @param start the time of event 0
 * @param interval simulated time from one event to the next, on average: 1 µs to 10 min. It says
 *     nothing about how fast the events are produced
 * @param stepGap simulated time between two steps of one visit: 1 s to 5 min. With more than a few
 *     events in that time more visits go on side by side
 * @param jitter how much later than in the order of their numbers events may lie: below {@code
 *     stepGap}, so that the steps of a visit keep their order, and at most 30 s, well within the
 *     minute that the processor waits
 * @param proportions how much of the traffic is not as it should be
 * @param oversizedBytes size of the note that makes a broken record too large: from what the
 *     processor takes at most to 64 MiB; 0: there are none
 */
public record SimulatorSettings(
    long seed,
    long customers,
    List<String> tenants,
    int appsPerTenant,
    int products,
    String currency,
    Instant start,
    Duration interval,
    Duration stepGap,
    Duration jitter,
    Proportions proportions,
    int oversizedBytes) {

  /** More than a person does; a customer above 1,000 a minute counts as a bot. */
  private static final double MAX_EVENTS_PER_CUSTOMER_AND_MINUTE = 60;

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Duration MIN_INTERVAL = Duration.ofNanos(1_000);
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);
  private static final Duration MIN_STEP_GAP = Duration.ofSeconds(1);
  private static final Duration MAX_STEP_GAP = Duration.ofMinutes(5);
  private static final Duration MAX_JITTER = Duration.ofSeconds(30);
  private static final Instant EARLIEST = Instant.parse("1990-02-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int MIN_OVERSIZED_BYTES = TrackingEventReader.MAX_RECORD_BYTES;
  private static final int MAX_OVERSIZED_BYTES = 64 << 20;

  /**
   * Checks everything.
   *
   * @throws IllegalArgumentException with a line for each value that is not allowed
   */
  public SimulatorSettings {
    tenants = List.copyOf(tenants);
    Problems problems = new Problems();
    problems.unlessWithin("customers", customers, 1, 1_000_000_000);
    problems.unlessWithin("tenants", tenants.size(), 1, 100);
    problems.unless(
        new HashSet<>(tenants).size() == tenants.size(), "tenants", tenants, "no id twice");
    for (String tenant : tenants) {
      problems.unless(
          TENANT.matcher(tenant).matches(), "tenants", tenant, "1 to 64 of A-Z a-z 0-9 . _ -");
    }
    problems.unlessWithin("appsPerTenant", appsPerTenant, 1, 20);
    problems.unlessWithin("products", products, 10, 1_000_000);
    problems.unless(
        CURRENCY.matcher(currency).matches(), "currency", currency, "an ISO 4217 code like CNY");
    problems.unlessWithin("start", start, EARLIEST, LATEST);
    problems.unlessWithin("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
    problems.unlessWithin("stepGap", stepGap, MIN_STEP_GAP, MAX_STEP_GAP);
    problems.unlessWithin("jitter", jitter, Duration.ZERO, MAX_JITTER);
    problems.unless(jitter.compareTo(stepGap) < 0, "jitter", jitter, "less than stepGap");
    double perMinute = 60e9 / Math.max(1, interval.toNanos()) / Math.max(1, customers);
    problems.unless(
        perMinute <= MAX_EVENTS_PER_CUSTOMER_AND_MINUTE,
        "customers",
        customers,
        "enough for at most 60 events per customer and simulated minute at interval " + interval);
    proportions.check(problems);
    if (oversizedBytes != 0) {
      problems.unlessWithin(
          "oversizedBytes", oversizedBytes, MIN_OVERSIZED_BYTES, MAX_OVERSIZED_BYTES);
    }
    problems.throwIfAny();
  }

  /** A small shop: one merchant with two mini-programs, 3,000 customers, an event in 100 s. */
  public static SimulatorSettings defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The defaults, with weeks in as many events as are wanted: played at R events a second, the
   * simulated time passes in {@code events} / R seconds.
   *
   * @param simulated the time that passes between event 0 and event {@code events}
   * @throws IllegalArgumentException if that is not an interval of 1 µs to 10 min
   */
  public static SimulatorSettings spanning(Duration simulated, long events) {
    return builder().spanning(simulated, events).build();
  }

  /** A builder that starts with these values. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * How often something special happens. The first four are shares of all records, 0 to 0.5 each
   * and at most 0.9 together.
   *
   * @param duplicates records sent again
   * @param late records that come minutes to hours after their time
   * @param skewed records of devices whose clocks are wrong
   * @param broken records that cannot be read
   * @param messages share of visits after which a marketing system reports a message, 0 to 0.5; its
   *     trigger_id is made up, as the simulator doesn't know what fires
   * @param erasures share of visits after which the customer wants to be forgotten, 0 to 0.5. The
   *     customer may come back within days, and is then refused: {@link TruthCounters} doesn't know
   */
  public record Proportions(
      double duplicates,
      double late,
      double skewed,
      double broken,
      double messages,
      double erasures) {

    /** A little of each, no messages and no erasures. */
    public static Proportions defaults() {
      return new Proportions(0.01, 0.005, 0.01, 0.003, 0, 0);
    }

    /** Nothing but good records. */
    public static Proportions flawless() {
      return new Proportions(0, 0, 0, 0, 0, 0);
    }

    private void check(Problems problems) {
      problems.unlessShare("proportions.duplicates", duplicates);
      problems.unlessShare("proportions.late", late);
      problems.unlessShare("proportions.skewed", skewed);
      problems.unlessShare("proportions.broken", broken);
      problems.unlessShare("proportions.messages", messages);
      problems.unlessShare("proportions.erasures", erasures);
      double sum = duplicates + late + skewed + broken;
      problems.unless(
          !(sum > 0.9), "proportions", sum, "duplicates + late + skewed + broken at most 0.9");
    }
  }

  /** Changes single values; what they mean is said at the record. Not for several threads. */
  public static final class Builder {
    private long seed = 1;
    private long customers = 3_000;
    private List<String> tenants = List.of("default");
    private int appsPerTenant = 2;
    private int products = 240;
    private String currency = "CNY";
    private Instant start = Instant.parse("2024-01-01T00:00:00Z");
    private Duration interval = Duration.ofSeconds(100);
    private Duration stepGap = Duration.ofSeconds(20);
    private Duration jitter = Duration.ofSeconds(5);
    private Proportions proportions = Proportions.defaults();
    private int oversizedBytes;

    private Builder() {}

    private Builder(SimulatorSettings from) {
      seed = from.seed;
      customers = from.customers;
      tenants = from.tenants;
      appsPerTenant = from.appsPerTenant;
      products = from.products;
      currency = from.currency;
      start = from.start;
      interval = from.interval;
      stepGap = from.stepGap;
      jitter = from.jitter;
      proportions = from.proportions;
      oversizedBytes = from.oversizedBytes;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder customers(long value) {
      customers = value;
      return this;
    }

    public Builder tenants(List<String> value) {
      tenants = value;
      return this;
    }

    public Builder appsPerTenant(int value) {
      appsPerTenant = value;
      return this;
    }

    public Builder products(int value) {
      products = value;
      return this;
    }

    public Builder currency(String value) {
      currency = value;
      return this;
    }

    public Builder start(Instant value) {
      start = value;
      return this;
    }

    public Builder interval(Duration value) {
      interval = value;
      return this;
    }

    /**
     * Sets the interval so that a stretch of time takes a number of events.
     *
     * @throws IllegalArgumentException if there are no events
     */
    public Builder spanning(Duration simulated, long events) {
      if (events < 1) {
        throw new IllegalArgumentException(
            "events: " + events + " is not allowed; allowed: from 1");
      }
      return interval(simulated.dividedBy(events));
    }

    public Builder stepGap(Duration value) {
      stepGap = value;
      return this;
    }

    public Builder jitter(Duration value) {
      jitter = value;
      return this;
    }

    public Builder proportions(Proportions value) {
      proportions = value;
      return this;
    }

    public Builder oversizedBytes(int value) {
      oversizedBytes = value;
      return this;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException with a line for each value that is not allowed
     */
    public SimulatorSettings build() {
      return new SimulatorSettings(
          seed,
          customers,
          tenants,
          appsPerTenant,
          products,
          currency,
          start,
          interval,
          stepGap,
          jitter,
          proportions,
          oversizedBytes);
    }
  }

  private static final class Problems {
    private static final double MAX_SHARE = 0.5;
    private final List<String> lines = new ArrayList<>();

    private void unless(boolean allowed, String key, Object value, String rule) {
      if (!allowed) {
        lines.add(key + ": " + value + " is not allowed; allowed: " + rule);
      }
    }

    private <T extends Comparable<T>> void unlessWithin(String key, T value, T min, T max) {
      unless(
          value.compareTo(min) >= 0 && value.compareTo(max) <= 0, key, value, min + " to " + max);
    }

    private void unlessWithin(String key, long value, long min, long max) {
      unlessWithin(key, Long.valueOf(value), Long.valueOf(min), Long.valueOf(max));
    }

    private void unlessShare(String key, double value) {
      unlessWithin(key, Double.valueOf(value), Double.valueOf(0), Double.valueOf(MAX_SHARE));
    }

    private void throwIfAny() {
      if (!lines.isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", lines));
      }
    }
  }
}
