package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;

/** What there is of one customer's episodes while a decision is being made. */
final class EpisodeParts {
  private final RulesOfRun run;
  private final Subject subject;
  private final EpisodeEffects effects;
  private final LiveEpisodes live;
  private final TriggerHistory history;
  private KindMemories memories;

  EpisodeParts(EpisodeBook book, RulesOfRun run, Subject subject, EpisodeEffects effects) {
    this.run = run;
    this.subject = subject;
    this.effects = effects;
    live = new LiveEpisodes(book.live(), effects);
    history = new TriggerHistory(book.fires(), run, effects);
    memories = book.memories();
  }

  RulesOfRun run() {
    return run;
  }

  Subject subject() {
    return subject;
  }

  EpisodeEffects effects() {
    return effects;
  }

  LiveEpisodes live() {
    return live;
  }

  TriggerHistory history() {
    return history;
  }

  KindMemories memories() {
    return memories;
  }

  void remember(KindMemories next) {
    memories = next;
  }

  <M> KindContext<M> contextOf(EpisodeKind<M> kind) {
    return new KindContext<>(kind, this);
  }

  /** What a trigger of an episode rests on now. */
  Evidence evidence(Rule rule, Episode episode, Instant now) {
    return evidence(EpisodeKind.of(rule.kind()), rule, episode, now);
  }

  private <M> Evidence evidence(EpisodeKind<M> kind, Rule rule, Episode episode, Instant now) {
    return kind.evidence(rule, episode, contextOf(kind), now);
  }
}
