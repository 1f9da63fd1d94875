package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Payload.Message;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The episodes of one customer while a decision is being made: what events and time do to them.
 * When they open and close is left to the kinds of rules, whether a step that is due is sent to the
 * {@link StepEvaluator}.
 */
public final class Episodes {
  private final RulesOfRun run;
  private final EpisodeEffects effects;
  private final EpisodeParts parts;
  private final LiveEpisodes live;
  private final TriggerHistory history;
  private final EpisodeScheduler scheduler;

  public Episodes(EpisodeBook book, RulesOfRun run, Subject subject, EpisodeEffects effects) {
    this.run = run;
    this.effects = effects;
    parts = new EpisodeParts(book, run, subject, effects);
    live = parts.live();
    history = parts.history();
    scheduler = new EpisodeScheduler(parts);
  }

  /** What is to be remembered; the same book where nothing has changed. */
  public EpisodeBook toBook(EpisodeBook before) {
    List<Episode> liveNow = live.all();
    List<FiredTrigger> firesNow = history.all();
    KindMemories memories = parts.memories();
    boolean same =
        liveNow == before.live() && firesNow == before.fires() && memories == before.memories();
    return same ? before : new EpisodeBook(liveNow, List.copyOf(firesNow), memories);
  }

  /**
   * Lets every kind that it concerns see what an event has changed, and counts an order as the
   * success of what was fired before it.
   */
  public void onEvent(CustomerChange change) {
    effects.at(change.at());
    for (TriggerKind each : kinds()) {
      EpisodeKind<?> kind = EpisodeKind.of(each);
      List<Rule> rules = run.rules().openingFrom(change.event().eventTime(), kind);
      if (isAwaited(kind, rules) && kind.concerns(change)) {
        onEvent(kind, withVersionsOfLive(kind, rules), change);
      }
    }
    if (change.event().payload() instanceof Message message) {
      history.report(message, change.event().eventTime());
    }
    if (change.paid() != null) {
      history.convert(change.paid());
    }
  }

  private <M> void onEvent(EpisodeKind<M> kind, List<Rule> rules, CustomerChange change) {
    kind.onEvent(rules, change, parts.contextOf(kind));
  }

  /** Lets the rules see that a stage has begun. */
  public void onStage(StageMove move) {
    effects.at(move.at());
    for (TriggerKind each : kinds()) {
      EpisodeKind<?> kind = EpisodeKind.of(each);
      List<Rule> rules = run.rules().openingFrom(move.at(), kind);
      if (isAwaited(kind, rules)) {
        onStage(kind, rules, move);
      }
    }
  }

  private <M> void onStage(EpisodeKind<M> kind, List<Rule> rules, StageMove move) {
    kind.onStage(rules, move, parts.contextOf(kind));
  }

  /** Those of the rules, and those that remember something though their rules are gone. */
  private Iterable<TriggerKind> kinds() {
    Set<EpisodeKind<?>> remembering = parts.memories().byKind().keySet();
    List<TriggerKind> ofRules = run.rules().kinds();
    if (ofRules.containsAll(remembering)) {
      return ofRules;
    }
    Set<TriggerKind> all = new TreeSet<>(ofRules);
    all.addAll(remembering);
    return all;
  }

  /** Whether there may be anything that opens, closes or proves wrong. */
  private boolean isAwaited(EpisodeKind<?> kind, List<Rule> rules) {
    return !rules.isEmpty()
        || !live.isEmpty()
        || !history.isEmpty()
        || parts.memories().byKind().containsKey(kind);
  }

  /** These, and before them those under which something is live: each version sees to its own. */
  private List<Rule> withVersionsOfLive(TriggerKind kind, List<Rule> opening) {
    if (run.rules().areSingle() || live.isEmpty()) {
      return opening;
    }
    Set<Rule> rules = new LinkedHashSet<>();
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      if (rule != null && rule.kind().equals(kind)) {
        rules.add(rule);
      }
    }
    rules.addAll(opening);
    return List.copyOf(rules);
  }

  /**
   * The next moment at which time alone has something to do here; null if there is none.
   *
   * @param processedUpTo up to where all has been done
   */
  public Instant nextAt(Instant processedUpTo) {
    return scheduler.nextAt(processedUpTo);
  }

  /** Closes and opens what time closes and opens, and judges what is due. */
  public void onTime(Instant now) {
    effects.at(now);
    scheduler.endOutdated(now);
    for (TriggerKind kind : run.rules().kinds()) {
      List<Rule> rules = run.rules().openingFrom(now, kind);
      if (!rules.isEmpty()) {
        onTime(EpisodeKind.of(kind), rules, now);
      }
    }
    DueSteps due = scheduler.dueSteps(now);
    if (!due.isEmpty()) {
      history.forgetOutdated(live, now);
      StepEvaluator evaluator = new StepEvaluator(parts, due, now);
      due.inOrder().forEach(step -> take(step, evaluator, now));
    }
  }

  private <M> void onTime(EpisodeKind<M> kind, List<Rule> rules, Instant now) {
    kind.onTime(rules, now, parts.contextOf(kind));
  }

  private void take(DueStep step, StepEvaluator evaluator, Instant now) {
    Rule rule = step.rule();
    Episode episode = live.get(rule.id(), step.episode().scopeKey());
    StepDecision decision = evaluator.decide(episode, step);
    if (decision instanceof StepDecision.Hold hold) {
      live.replace(episode.held(step.number(), hold.until()), rule);
      return;
    }
    if (decision instanceof StepDecision.Drop drop) {
      effects.record(episode, rule, step.number(), drop.outcome(), drop.reason());
    } else {
      fire(episode, rule, step, now);
    }
    live.replace(episode.judged(step.number()), rule);
  }

  private void fire(Episode episode, Rule rule, DueStep step, Instant now) {
    Subject subject = parts.subject();
    FiredTrigger fire =
        new FiredTrigger(
            episode.triggerId(step.number()),
            episode.episodeId(),
            rule.id(),
            rule.version(),
            rule.kind(),
            episode.scopeKey(),
            episode.openedAt(),
            step.number(),
            step.dueAt(),
            now,
            step.dueAt().plus(rule.validFor()),
            Variants.of(rule, subject.key().tenantId(), subject.holdoutKey()),
            !history.hasEpisode(rule.id(), episode.episodeId()),
            false,
            EpisodeKind.of(rule.kind()).items(rule, episode, subject),
            null);
    history.add(fire);
    effects.fire(fire, parts.evidence(rule, episode, now));
  }

  /** Cancels everything that still stands, for a customer who is to be forgotten. */
  public void cancelAll(TriggerReason reason, Instant now) {
    effects.at(now);
    live.all().forEach(live::end);
    history.cancelAll(reason);
  }
}
