package io.customerpulse.lab.simulator;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The traffic of mini-program shops, in which record n is a function of the seed and n: any range
 * can be made anywhere, in any order and in parallel, and is always the same. Immutable, for any
 * number of threads; a record takes a few microseconds and no memory is kept.
 *
 * <p>How customers can have histories although nothing is remembered:
 *
 * <ol>
 *   <li>{@link Schedule}: numbers are laid out in lanes. A lane is one visit after another, each of
 *       twelve steps, and neighbouring numbers are steps of neighbouring lanes, so that visits are
 *       interleaved as in a real log. A number thus gives a visit, a step and a time.
 *   <li>{@link Population}: the visit's number dices for its customer among those who are awake at
 *       that time by their {@link Habit}. Hence silence, and returns.
 *   <li>{@link Storyline}: the visit's number decides what is done in its first ten steps, and what
 *       is left open.
 *   <li>{@link Journey}: the last two steps look back: to the visit some hours and the one some
 *       days before, whose customer now comes back for the cart, pays, gets or returns the order.
 *       The past is computed from its number, not remembered. Where nothing was open, the visit at
 *       hand goes on.
 *   <li>{@link DeliveryFaults}: some numbers go wrong. A duplicate or broken record takes the place
 *       of a step, whose visit is then one step short, as if that event had been lost.
 * </ol>
 *
 * <p>Times rise with the numbers but for the jitter and the deliberately late records.
 */
public final class Simulator {
  private static final long MIN_SENDING_MILLIS = 50;
  private static final long MAX_SENDING_MILLIS = 3_000;
  private static final long MIN_RECEIVING_MILLIS = 10;
  private static final long MAX_RECEIVING_MILLIS = 400;

  private final SimulatorSettings settings;
  private final SeededRandom random;
  private final Schedule schedule;
  private final Journey journey;
  private final DeliveryFaults faults;
  private final EventWriter writer;
  private final RecordCorruptor corruptor;
  private final long jitterMillis;

  public Simulator(SimulatorSettings settings) {
    this.settings = settings;
    random = new SeededRandom(settings.seed());
    schedule = new Schedule(settings, random);
    journey = new Journey(settings, random, schedule);
    faults = new DeliveryFaults(settings, random, schedule);
    writer = new EventWriter(settings, random);
    corruptor = new RecordCorruptor(settings);
    jitterMillis = settings.jitter().toMillis();
  }

  public SimulatorSettings settings() {
    return settings;
  }

  /**
   * One record.
   *
   * @param number from 0 to {@link #maxNumber}
   * @throws IndexOutOfBoundsException if there is no such record
   */
  public SimulatedRecord event(long number) {
    Objects.checkIndex(number, schedule.maxNumber() + 1);
    Kind kind = faults.kind(number);
    if (kind == Kind.DUPLICATE) {
      SimulatedRecord original = event(faults.originalOf(number));
      return new SimulatedRecord(original.value(), original.key(), original.eventTime(), kind);
    }
    return original(number, kind);
  }

  /**
   * A customer's first sight of a shop, before event 0: one product looked at. So that all are
   * known from the beginning, though most come rarely. Introductions come an interval apart, in the
   * order of the customers, and end where event 0 begins.
   *
   * @param customer from 0 to {@link SimulatorSettings#customers} (exclusive)
   * @throws IndexOutOfBoundsException if there is no such customer
   */
  public SimulatedRecord introduction(long customer) {
    Objects.checkIndex(customer, settings.customers());
    // Numbers that no other record and no other visit has.
    long number = schedule.maxNumber() + 1 + customer;
    Customer who = Customer.of(customer, settings, random);
    Visit visit = new Visit(number, who, who.homeApp(), Storyline.of(number, random));
    long early = settings.interval().multipliedBy(settings.customers() - customer).toMillis();
    long at = settings.start().toEpochMilli() - early;
    SimulatedAction action = new SimulatedAction(visit, new Step(Step.Action.VIEW, 0), 0);
    return new SimulatedRecord(
        writer.write(number, action, new EventWriter.Times(at, at, at)),
        keyOf(who),
        Instant.ofEpochMilli(at),
        Kind.CLEAN);
  }

  /** Records {@code from} (inclusive) to {@code to} (exclusive), in order; may be made parallel. */
  public Stream<SimulatedRecord> events(long from, long to) {
    return LongStream.range(from, to).mapToObj(this::event);
  }

  /**
   * When the world is as far as a record: never falls from a number to the next, and no true time
   * of an event is more than the jitter after it.
   */
  public Instant time(long number) {
    return Instant.ofEpochMilli(millis(number));
  }

  /** The last record there is, more than a hundred years after the first. */
  public long maxNumber() {
    return schedule.maxNumber();
  }

  Kind kind(long number) {
    return faults.kind(number);
  }

  DeadLetterCode codeOfBroken(long number) {
    return faults.defect(number).code();
  }

  private SimulatedRecord original(long number, Kind kind) {
    SimulatedAction action = journey.at(number);
    long arrival = millis(number) + jitter(number);
    long trueMillis = kind == Kind.LATE ? arrival - faults.lateMillis(number) : arrival;
    long skew = kind == Kind.SKEWED ? faults.skewMillis(number) : 0;
    long sent =
        arrival
            + random.between(MIN_SENDING_MILLIS, MAX_SENDING_MILLIS, RandomPurpose.SENDING, number);
    long received =
        sent
            + random.between(
                MIN_RECEIVING_MILLIS, MAX_RECEIVING_MILLIS, RandomPurpose.RECEIVING, number);
    byte[] value =
        writer.write(
            number, action, new EventWriter.Times(trueMillis + skew, sent + skew, received));
    if (kind == Kind.BROKEN) {
      value = corruptor.broken(value, faults.defect(number));
    }
    String key = keyOf(action.visit().customer());
    return new SimulatedRecord(value, key, Instant.ofEpochMilli(trueMillis), kind);
  }

  private String keyOf(Customer customer) {
    return settings.tenants().get(customer.tenant()) + '/' + customer.number();
  }

  private long millis(long number) {
    return TimeUnit.NANOSECONDS.toMillis(schedule.nanos(number));
  }

  private long jitter(long number) {
    return jitterMillis == 0 ? 0 : random.between(0, jitterMillis, RandomPurpose.JITTER, number);
  }
}
