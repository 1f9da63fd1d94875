package io.customerpulse.lab.simulator;

import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import io.customerpulse.lab.simulator.Step.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The visits to a shop while they go on, at the time it is: each visitor sends an event every 15 s,
 * a visit has 5 to 30 of them, and there are as many visitors at once as the rate takes. At 10,000
 * events a second that is 150,000. They come and go one by one, not together.
 *
 * <p>Record n is a function of the settings, the series and n, as with {@link Simulator}: nothing
 * is remembered, whatever the rate. Numbers are dealt out to lanes in turn, a lane for each visitor
 * who is there at once. A lane has customers of its own, who come one after the other, so that
 * nobody is on two visits at once unless there are more lanes than customers. Two visits of a lane
 * have 35 events together, so that a number tells which visit it belongs to.
 *
 * <p>One record in a hundred takes the place of a step and is an earlier one again, sent within the
 * last ten seconds. One in a thousand comes a minute after its time. Immutable, for any number of
 * threads.
 */
public final class ShopVisits {
  /** Between two events of a visitor. */
  public static final Duration STEP_GAP = Duration.ofSeconds(15);

  static final int SHORTEST = 5;
  static final int LONGEST = 30;
  static final Duration LATE_BY = Duration.ofMinutes(1);

  private static final int EVENTS_OF_TWO_VISITS = SHORTEST + LONGEST;
  private static final double DOUBLED = 0.01;
  private static final double DOUBLED_OR_LATE = DOUBLED + 0.001;
  private static final int SECONDS_UNTIL_DOUBLED = 10;
  private static final int ITEMS = 3;
  private static final double LOOKS = 0.6;

  /** Numbers of a series begin so far apart: more than any run takes, and above a simulator's. */
  private static final long SERIES = 1_000_000_000_000_000L;

  private static final int MAX_SERIES = 9_000;

  private final SimulatorSettings shop;
  private final SeededRandom random;
  private final EventWriter writer;
  private final int perSecond;
  private final long startMillis;
  private final int series;
  private final long lanes;

  /**
   * Visits of a shop's customers, who are those of a {@link Simulator} of the same settings.
   *
   * @param shop its interval, gaps, proportions and start don't count here
   * @param perSecond events, 1 to 1,000,000
   * @param start the time of record 0
   * @param series 1 to 9,000; two series have no event and no order in common
   * @throws IllegalArgumentException if rate or series are not allowed
   */
  public ShopVisits(SimulatorSettings shop, int perSecond, Instant start, int series) {
    if (perSecond < 1 || perSecond > 1_000_000) {
      throw new IllegalArgumentException(
          "perSecond: " + perSecond + " is not allowed; allowed: 1 to 1000000");
    }
    if (series < 1 || series > MAX_SERIES) {
      throw new IllegalArgumentException(
          "series: " + series + " is not allowed; allowed: 1 to " + MAX_SERIES);
    }
    this.shop = shop;
    this.perSecond = perSecond;
    this.series = series;
    random = new SeededRandom(shop.seed());
    writer = new EventWriter(shop, random);
    startMillis = start.toEpochMilli();
    lanes = visitorsAtOnce(perSecond);
  }

  /** How many are on a visit at any time at a rate. */
  public static long visitorsAtOnce(int perSecond) {
    return perSecond * STEP_GAP.toSeconds();
  }

  /** When a record is sent. */
  public Instant time(long number) {
    return Instant.ofEpochMilli(millis(number));
  }

  /**
   * One record.
   *
   * @param number from 0
   */
  public SimulatedRecord event(long number) {
    Objects.checkIndex(number, SERIES);
    Kind kind = kind(number);
    if (kind == Kind.DUPLICATE) {
      SimulatedRecord original = event(originalOf(number));
      return new SimulatedRecord(original.value(), original.key(), original.eventTime(), kind);
    }
    SimulatedAction action = action(number);
    long sent = millis(number);
    long happened = kind == Kind.LATE ? sent - LATE_BY.toMillis() : sent;
    Customer customer = action.visit().customer();
    return new SimulatedRecord(
        writer.write(id(number), action, new EventWriter.Times(happened, sent, sent)),
        shop.tenants().get(customer.tenant()) + '/' + customer.number(),
        Instant.ofEpochMilli(happened),
        kind);
  }

  private SimulatedAction action(long number) {
    long lane = number % lanes;
    // Where a lane is in its visits when the series begins.
    long place =
        number / lanes + random.below(EVENTS_OF_TWO_VISITS, RandomPurpose.VISIT_PHASE, lane);
    long pair = place / EVENTS_OF_TWO_VISITS;
    int step = (int) (place % EVENTS_OF_TWO_VISITS);
    int first =
        SHORTEST
            + random.below(
                LONGEST - SHORTEST + 1, RandomPurpose.VISIT_LENGTH, id(pair * lanes + lane));
    boolean second = step >= first;
    long turn = 2 * pair + (second ? 1 : 0);
    return step(visit(lane, turn), second ? step - first : step);
  }

  private Visit visit(long lane, long turn) {
    long number = id(turn * lanes + lane);
    long customersOfLane = Math.max(1, (shop.customers() - 1 - lane) / lanes + 1);
    long customer = (lane + lanes * ((turn + series) % customersOfLane)) % shop.customers();
    Customer who = Customer.of(customer, shop, random);
    int app =
        who.usesAllApps()
            ? random.below(shop.appsPerTenant(), RandomPurpose.APP, number)
            : who.homeApp();
    return new Visit(number, who, app, Storyline.of(number, random));
  }

  /** What a visit is about comes first; who stays longer looks around. */
  private SimulatedAction step(Visit visit, int step) {
    List<Step> own = visit.storyline().steps();
    if (step < own.size()) {
      return new SimulatedAction(visit, own.get(step), 0);
    }
    boolean looks = random.chance(LOOKS, RandomPurpose.FILLER, visit.number() * LONGEST + step);
    Step further = new Step(looks ? Action.VIEW : Action.CLICK, step % ITEMS);
    return new SimulatedAction(visit, further, 0);
  }

  private Kind kind(long number) {
    double unit = random.unit(RandomPurpose.KIND, id(number));
    if (unit < DOUBLED) {
      return originalOf(number) < 0 ? Kind.CLEAN : Kind.DUPLICATE;
    }
    return unit < DOUBLED_OR_LATE ? Kind.LATE : Kind.CLEAN;
  }

  /** Negative where there was nothing yet that could be sent again. */
  private long originalOf(long number) {
    int furthest = SECONDS_UNTIL_DOUBLED * perSecond;
    long original = number - 1 - random.below(furthest, RandomPurpose.DUPLICATE_OF, id(number));
    while (original >= 0 && random.unit(RandomPurpose.KIND, id(original)) < DOUBLED) {
      original--;
    }
    return original;
  }

  private long millis(long number) {
    return startMillis + number / perSecond * 1_000 + number % perSecond * 1_000 / perSecond;
  }

  private long id(long number) {
    return series * SERIES + number;
  }
}
