package io.customerpulse.domain.oracle;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.customer.Context;
import io.customerpulse.domain.customer.CustomerProcessor;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.rfm.ThresholdScoring;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.rule.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Drives the processor the way the engine does: events wait for the watermark, and are applied
 * together with what time brings, when it is due or later.
 */
public final class Run {
  private final Scenario scenario;

  /** What the state goes through between two decisions, for example a codec and back. */
  private final UnaryOperator<CustomerState> storage;

  private RuleBook rules;

  /** What there is after so many publications. */
  private final List<RuleBook> books;

  /** How many of the scenario's publications have been made. */
  private int published;

  private final boolean bounded;
  private final List<Effect> outputs = new ArrayList<>();
  private CustomerState state;
  private Optional<Instant> timerAt = Optional.empty();

  /** Events that the watermark hasn't passed. */
  private List<BehaviorEvent> waiting = new ArrayList<>();

  private Instant watermark = Instant.MIN;

  /** The latest event time that has arrived. */
  private Instant latest = Instant.EPOCH;

  /**
   * @param bounded whether the processor is told where the run ends
   */
  public Run(Scenario scenario, UnaryOperator<CustomerState> storage, boolean bounded) {
    this(scenario, storage, bounded, books(scenario));
  }

  private Run(
      Scenario scenario,
      UnaryOperator<CustomerState> storage,
      boolean bounded,
      List<RuleBook> books) {
    this.books = books;
    this.scenario = scenario;
    this.state = CustomerState.unseen(scenario.customer());
    this.rules = books.get(0);
    this.storage = storage;
    this.bounded = bounded;
  }

  /** A bounded run whose state stays in memory. */
  public static Run of(Scenario scenario) {
    return new Run(scenario, UnaryOperator.identity(), true);
  }

  private static List<RuleBook> books(Scenario scenario) {
    List<RuleBook> books = new ArrayList<>();
    RuleBook book = RuleBook.of(RuleSet.of(scenario.rules()));
    books.add(book);
    for (Publication publication : scenario.publications()) {
      book = book.with(publication.word());
      books.add(book);
    }
    return books;
  }

  /**
   * Several customers under one watermark and with the same books of rules, as one task of the
   * engine has them.
   *
   * @param customers who differ in nothing but who they are and what they do
   * @return in their order what is told of each
   */
  public static List<List<Effect>> together(List<Scenario> customers, long seed) {
    Random random = new Random(seed);
    List<RuleBook> books = books(customers.get(0));
    Map<CustomerKey, Run> runs = new LinkedHashMap<>();
    List<BehaviorEvent> events = new ArrayList<>();
    for (Scenario customer : customers) {
      runs.put(customer.customer(), new Run(customer, UnaryOperator.identity(), true, books));
      events.addAll(customer.events());
    }
    Run any = runs.values().iterator().next();
    for (BehaviorEvent event : any.arriving(events, Duration.ZERO, 1, random)) {
      runs.get(event.customer()).arrive(event);
      runs.values().forEach(run -> run.latest = later(run.latest, event.eventTime()));
      if (random.nextInt(3) > 0) {
        runs.values().forEach(run -> run.follow(random));
      }
    }
    runs.values().forEach(run -> run.finish(random));
    return runs.values().stream().map(Run::outputs).toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** All events in an arrival order within the bound, with wakes in time or late, up to as-of. */
  public List<Effect> inSomeOrder(long seed) {
    return inSomeOrder(seed, Duration.ZERO, 1);
  }

  /** As {@link #inSomeOrder(long)}, but one event in so many comes up to so much later. */
  public List<Effect> inSomeOrder(long seed, Duration lateness, int oneIn) {
    Random random = new Random(seed);
    for (BehaviorEvent event : arriving(scenario.events(), lateness, oneIn, random)) {
      arriveAndPass(event, random);
    }
    return finish(random);
  }

  /**
   * As {@link #inSomeOrder(long)}, but now and then the engine dies: what was told since the last
   * checkpoint is forgotten, the events since then come again, in another order, and the watermark
   * begins anew.
   */
  public List<Effect> withRestarts(long seed) {
    Random random = new Random(seed);
    List<BehaviorEvent> arriving = arriving(scenario.events(), Duration.ZERO, 1, random);
    Checkpoint checkpoint = new Checkpoint(0, state, timerAt, List.of(), 0, rules, published);
    int restarts = random.nextInt(4);
    for (int next = 0; next < arriving.size(); next++) {
      arriveAndPass(arriving.get(next), random);
      if (random.nextInt(5) == 0) {
        checkpoint =
            new Checkpoint(
                next + 1, state, timerAt, List.copyOf(waiting), outputs.size(), rules, published);
      }
      if (restarts > 0 && random.nextInt(6) == 0) {
        restarts--;
        next = checkpoint.next() - 1;
        state = checkpoint.state();
        timerAt = checkpoint.timerAt();
        waiting = new ArrayList<>(checkpoint.waiting());
        rules = checkpoint.rules();
        published = checkpoint.published();
        outputs.subList(checkpoint.outputs(), outputs.size()).clear();
        watermark = Instant.MIN;
        latest = Instant.EPOCH;
        List<BehaviorEvent> rest = arriving.subList(checkpoint.next(), arriving.size());
        List<BehaviorEvent> again = arriving(rest, Duration.ZERO, 1, random);
        rest.clear();
        arriving.addAll(again);
      }
    }
    return finish(random);
  }

  /** What the engine goes back to. */
  private record Checkpoint(
      int next,
      CustomerState state,
      Optional<Instant> timerAt,
      List<BehaviorEvent> waiting,
      int outputs,
      RuleBook rules,
      int published) {}

  private List<BehaviorEvent> arriving(
      List<BehaviorEvent> events, Duration lateness, int oneIn, Random random) {
    Duration bound = scenario.settings().time().outOfOrderness();
    IdentityHashMap<BehaviorEvent, Instant> arrivals = new IdentityHashMap<>();
    for (BehaviorEvent event : events) {
      long delay = random.nextInt(4) == 0 ? bound.toMillis() : random.nextLong(bound.toMillis());
      delay = random.nextInt(3) == 0 ? 0 : delay;
      if (!lateness.isZero() && random.nextInt(oneIn) == 0) {
        delay = random.nextLong(lateness.toMillis());
      }
      arrivals.put(event, event.eventTime().plusMillis(delay));
    }
    List<BehaviorEvent> arriving = new ArrayList<>(events);
    Collections.shuffle(arriving, random);
    arriving.sort(Comparator.comparing(arrivals::get));
    return arriving;
  }

  private void arriveAndPass(BehaviorEvent event, Random random) {
    arrive(event);
    latest = later(latest, event.eventTime());
    if (random.nextInt(3) > 0) {
      follow(random);
    }
  }

  /** The watermark follows what has arrived. */
  private void follow(Random random) {
    pass(latest.minus(scenario.settings().time().outOfOrderness()).minusMillis(1));
    // Now and then a wake is delivered much later than it could be.
    if (random.nextInt(4) > 0) {
      wakeDue(random);
    }
  }

  private List<Effect> finish(Random random) {
    pass(scenario.asOf());
    wakeDue(random);
    return outputs;
  }

  /** One event under the present watermark. */
  public Run arrive(BehaviorEvent event) {
    if (event.eventTime().isAfter(watermark)) {
      waiting.add(event);
    } else {
      // Nothing that the watermark has passed waits any longer when the next event comes.
      if (waiting.stream().anyMatch(each -> !each.eventTime().isAfter(watermark))) {
        wake(watermark);
      }
      apply(CustomerProcessor.onLateEvent(state, event, context()));
    }
    return this;
  }

  /** The watermark moves, and every wake that it passes is delivered in time. */
  public Run passTo(Instant instant) {
    pass(instant);
    wakeInTime();
    return this;
  }

  /** The rules are others from now on, and the customer is asked again, as a sweep does. */
  public Run publish(UnaryOperator<RuleBook> change) {
    rules = change.apply(rules);
    if (state.processedUpTo() != null) {
      wake(watermark);
    }
    return this;
  }

  /** What is published on the way finds everything decided that comes before it. */
  private void pass(Instant instant) {
    List<Publication> all = scenario.publications();
    while (published < all.size() && !all.get(published).at().isAfter(instant)) {
      moveTo(all.get(published++).at());
      wakeInTime();
      publish(before -> books.get(published));
    }
    moveTo(instant);
  }

  private void moveTo(Instant instant) {
    watermark = instant.isAfter(watermark) ? instant : watermark;
  }

  private void wakeInTime() {
    while (!nextWake().isAfter(watermark)) {
      wake(nextWake());
    }
  }

  private void wakeDue(Random random) {
    while (!nextWake().isAfter(watermark)) {
      wake(random.nextInt(3) > 0 ? nextWake() : watermark);
    }
  }

  private void wake(Instant now) {
    List<BehaviorEvent> due =
        waiting.stream()
            .filter(event -> !event.eventTime().isAfter(now))
            .sorted(BehaviorEvent.APPLICATION_ORDER)
            .toList();
    waiting.removeIf(event -> !event.eventTime().isAfter(now));
    apply(CustomerProcessor.onEvents(state, due, now, context()));
    if (!nextWake().isAfter(now)) {
      throw new AssertionError("The next wake " + nextWake() + " isn't after this one " + now);
    }
  }

  private Context context() {
    return new Context(
        watermark,
        scenario.wallTime(),
        bounded ? scenario.asOf() : null,
        scenario.settings(),
        rules,
        new ThresholdScoring(scenario.cuts()));
  }

  private void apply(Decision<CustomerState, Effect> decision) {
    state =
        decision.next() == null
            ? CustomerState.unseen(scenario.customer())
            : storage.apply(decision.next());
    timerAt = Optional.ofNullable(decision.nextTimer());
    outputs.addAll(decision.effects());
  }

  /** Everything told so far. */
  public List<Effect> outputs() {
    return outputs;
  }

  /** What has been told so far, and not before the last call. */
  public Told news() {
    Told told = Told.of(outputs);
    outputs.clear();
    return told;
  }

  /** When an event applies or a timer is due next; the end of time where nothing is. */
  public Instant nextWake() {
    Instant next = timerAt.orElse(Instant.MAX);
    for (BehaviorEvent event : waiting) {
      next = event.eventTime().isBefore(next) ? event.eventTime() : next;
    }
    return next;
  }

  public CustomerState state() {
    return state;
  }
}
