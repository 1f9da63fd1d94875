package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rule.Rule;
import java.time.Instant;

/**
 * What a kind of rule sees of a customer, and what it does: opens, refreshes and ends episodes of
 * its rules, and remembers.
 */
public final class KindContext<M> {
  private final EpisodeKind<M> kind;
  private final EpisodeParts parts;

  KindContext(EpisodeKind<M> kind, EpisodeParts parts) {
    this.kind = kind;
    this.parts = parts;
  }

  public Subject subject() {
    return parts.subject();
  }

  /** What is counted beside what becomes of episodes. */
  public EpisodeEffects effects() {
    return parts.effects();
  }

  /** What the kind remembers of the customer. */
  public M memory() {
    return parts.memories().of(kind);
  }

  public void remember(M memory) {
    parts.remember(parts.memories().with(kind, memory));
  }

  /** The newest version of a rule of this kind; null if there is none. */
  public Rule newest(String ruleId) {
    Rule rule = parts.run().newest(ruleId);
    return rule != null && rule.kind().equals(kind) ? rule : null;
  }

  /** Whether a version of a rule is the one that opens episodes at an instant. */
  public boolean opensAt(Rule rule, Instant instant) {
    return parts.run().rules().opensAt(rule, instant);
  }

  /** The live episode of a rule and scope; null if there is none. */
  public Episode live(Rule rule, String scopeKey) {
    return parts.live().get(rule.id(), scopeKey);
  }

  /**
   * Opens an episode, unless there is one or it would only repeat what a later one has fired.
   *
   * @param by the event that opens it; null where time alone does
   * @param at when it opens
   */
  public void open(Rule rule, String scopeKey, BehaviorEvent by, Instant at) {
    if (opensAt(rule, at)
        && live(rule, scopeKey) == null
        && !parts.history().hasFiredSince(rule.id(), scopeKey, at)) {
      add(
          by == null
              ? openedByTime(rule, scopeKey, at, at)
              : Episode.openedByEvent(rule, scopeKey, by, at));
    }
  }

  /**
   * An episode that time alone opens, still to be {@linkplain #add added}.
   *
   * @param begins from when the steps are counted
   */
  public Episode openedByTime(Rule rule, String scopeKey, Instant at, Instant begins) {
    Subject subject = subject();
    return Episode.openedByTime(
        subject.key().tenantId(), rule, scopeKey, at, begins, subject.holdoutKey());
  }

  /** Makes an episode a live one. */
  public void add(Episode episode) {
    parts.live().add(episode);
  }

  /** Refreshes a live episode of a rule, if it runs under this version. */
  public void refresh(Rule rule, String scopeKey, BehaviorEvent event) {
    Episode episode = live(rule, scopeKey);
    if (parts.run().rule(episode).isSameVersion(rule)) {
      parts.live().replace(episode.refreshed(event, rule), rule);
    }
  }

  /** Closes episodes of this kind and cancels what they should not have fired. */
  public void exit(ExitEvent exit) {
    for (Episode episode : parts.live().all()) {
      Rule rule = parts.run().rule(episode);
      if (rule != null && rule.kind().equals(kind) && exit.closes().test(rule, episode)) {
        parts.live().end(episode);
      }
    }
    parts.history().cancel(kind, exit);
  }
}
