package io.customerpulse.domain.customer;

import static io.customerpulse.domain.customer.Timeline.earlier;

import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.Episodes;
import io.customerpulse.domain.episode.StageMove;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.StageSchedule;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;

/**
 * What is known of a customer and what follows from it, while a decision is being made. Each part
 * knows those that it is made with here and none that comes after it; how one's change becomes
 * another's is said in this class alone.
 */
final class KnownCustomer {
  private final CustomerKey key;
  private final EpisodeBook episodesBefore;
  private final Instant asOf;
  private final Timeline timeline;
  private final Effects effects;

  private final ProfilePublisher publisher;
  private final FactCollector facts;
  private final StageTracker stage;
  private final CustomerScores scores;
  private final PopulationTracker population;
  private final Profiles profiles;
  private final Episodes episodes;

  KnownCustomer(CustomerState state, TenantContext context, Timeline timeline, Effects effects) {
    this.key = state.key();
    this.episodesBefore = state.episodes();
    this.asOf = context.asOf();
    this.timeline = timeline;
    this.effects = effects;
    publisher = new ProfilePublisher(state.published(), asOf);
    facts = new FactCollector(state.facts(), context, publisher, effects);
    stage = new StageTracker(key, state.stage(), context.lifecycle(), facts, publisher, effects);
    scores = new CustomerScores(key, context, facts, effects);
    population = new PopulationTracker(key, state.population(), context, facts, scores, effects);
    profiles = new Profiles(key, context, facts, stage, scores);
    CustomerView view =
        new CustomerView(
            key, state.holdoutKey(), context, timeline, facts, stage, scores, profiles);
    episodes =
        new Episodes(
            state.episodes(), context.rules(), view, new TriggerEffects(key, facts, effects));
  }

  /** Whether any event has been applied. */
  boolean isKnown() {
    return stage.isEntered();
  }

  /** Collects what an event tells, evaluates what follows from it, and applies that. */
  void onEvent(BehaviorEvent event, Instant now, boolean late) {
    boolean first = !isKnown();
    facts.see(event);
    follow(stage.onFirst(event, now, late));
    StageSchedule scheduleBefore = stage.schedule();
    OrderBook ordersBefore = facts.orders();
    CustomerChange change = facts.collect(event, now, first, late);

    follow(stage.onChange(scheduleBefore, change));
    if (facts.orders() != ordersBefore || population.entry().isOverAt(now)) {
      population.update(now);
    }
    episodes.onEvent(change);

    publisher.outdateUnless(scores.at(now));
    publishIfDue(now);
  }

  void onTimer(Instant now) {
    passTime(now);
    if (population.entry().isOverAt(now)) {
      population.update(now);
      publisher.outdate();
    }
    episodes.onTime(now);
    publishIfDue(now);
  }

  /** What time alone does to the stage. */
  void passTime(Instant now) {
    follow(stage.onTime(now));
  }

  private void follow(StageMove move) {
    if (move != null) {
      episodes.onStage(move);
    }
  }

  /** Tells the population anew, because settings may have changed since the last time. */
  void updatePopulation(Instant now) {
    population.update(now);
  }

  /** Takes back what was told of the customer, who is to be forgotten. */
  void erase(Instant now) {
    population.erase(now);
    if (isKnown()) {
      episodes.cancelAll(TriggerReason.ERASED, now);
      stage.erase(now);
      effects.add(new Effect.ProfileRemoved(key));
    }
  }

  /** When time alone has something to decide next; null if never. */
  Instant nextTimer() {
    if (!isKnown()) {
      return null;
    }
    Instant now = timeline.processedUpTo();
    Instant next = stage.schedule().nextChangeAfter(now);
    next = earlier(next, population.entry().until());
    next = earlier(next, episodes.nextAt(now));
    return earlier(next, publishAt(now));
  }

  /** Whether the stage is another one by now, and no moment lies ahead that would show it. */
  boolean isOutdated() {
    return isKnown() && stage.isOutdatedAt(timeline.processedUpTo());
  }

  private Instant publishAt(Instant now) {
    return publisher.nextAt(facts.sightings().lastAt(), now);
  }

  private void publishIfDue(Instant now) {
    Instant dueAt = publishAt(now);
    // The bounded run's only profile comes when everything else of its last instant is done.
    boolean finished = asOf == null || timeline.isEmpty();
    if (dueAt != null && !dueAt.isAfter(now) && finished) {
      Scores scored = asOf == null ? scores.at(now) : scores.atEnd(asOf);
      effects.add(new Effect.ProfileChanged(profiles.at(now, scored)));
      publisher.published(now, facts.sightings().lastAt(), scored);
    }
  }

  CustomerState state(String holdoutKey, RateWindow rate, Erasure erasure) {
    return new CustomerState(
        key,
        holdoutKey,
        facts.facts(),
        stage.entry(),
        population.entry(),
        publisher.last(),
        isKnown() ? episodes.toBook(episodesBefore) : EpisodeBook.EMPTY,
        rate,
        erasure,
        timeline.processedUpTo());
  }
}
