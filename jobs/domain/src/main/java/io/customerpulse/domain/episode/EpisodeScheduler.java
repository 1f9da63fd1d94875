package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import java.time.Instant;
import java.util.List;

/** What time does to episodes: when next, which end, which steps are due. */
final class EpisodeScheduler {
  private final EpisodeParts parts;
  private final LiveEpisodes live;
  private final RulesOfRun run;

  /** The next moment of a live episode, after so many of their changes. */
  private Instant nextOfLive;

  private int knownAfter = -1;

  EpisodeScheduler(EpisodeParts parts) {
    this.parts = parts;
    live = parts.live();
    run = parts.run();
  }

  /** The next moment at which time alone has something to do; null if there is none. */
  Instant nextAt(Instant processedUpTo) {
    if (knownAfter != live.changes()) {
      nextOfLive = nextOfLive();
      knownAfter = live.changes();
    }
    Instant next = nextOfLive;
    for (TriggerKind kind : run.rules().kinds()) {
      List<Rule> rules = run.rules().openingFrom(processedUpTo, kind);
      if (!rules.isEmpty()) {
        next = earlier(next, nextAt(EpisodeKind.of(kind), rules));
      }
    }
    return next;
  }

  private <M> Instant nextAt(EpisodeKind<M> kind, List<Rule> rules) {
    return kind.nextAt(rules, parts.contextOf(kind));
  }

  private Instant nextOfLive() {
    Instant next = null;
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      if (rule == null) {
        return episode.refreshedAt();
      }
      next = earlier(next, episode.nextAt(rule));
      next = earlier(next, closesAt(episode, rule));
    }
    return next;
  }

  private Instant closesAt(Episode episode, Rule rule) {
    return EpisodeKind.of(rule.kind()).closesAt(episode, parts.subject());
  }

  /**
   * Ends what its kind ends by time and, without a word, what is of a rule that has been taken
   * away, or retired with what is live.
   */
  void endOutdated(Instant now) {
    for (Episode episode : live.all()) {
      boolean ended = run.rules().isEndedAt(episode.ruleId(), now);
      Instant closesAt = ended ? now : closesAt(episode, run.rule(episode));
      if (closesAt != null && !closesAt.isAfter(now)) {
        live.end(episode);
      }
    }
  }

  DueSteps dueSteps(Instant now) {
    DueSteps due = new DueSteps(now);
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      for (int step = 1; step <= rule.steps().size(); step++) {
        if (!episode.isJudged(step) && !episode.judgedAt(rule, step).isAfter(now)) {
          due.add(
              new DueStep(episode, rule, step, episode.dueAt(rule, step), episode.isHeld(step)));
        }
      }
    }
    return due;
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
