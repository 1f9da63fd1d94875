package io.customerpulse.domain.episode;

import io.customerpulse.domain.episode.EpisodeBook.StageOpening;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The episodes of one customer while a decision is being made: what events and time do to them.
 * Whether a step that is due is sent is left to the {@link Judge}.
 */
public final class Episodes {
  /** How long after a fire an exit that is learnt late still cancels it. */
  public static final Duration CANCELLABLE_FOR = Duration.ofDays(7);

  private final RulesOfRun run;
  private final Subject subject;
  private final TriggerDesk desk;
  private List<Episode> live;
  private List<Fire> fires;
  private List<StageOpening> stageOpenings;

  public Episodes(EpisodeBook book, RulesOfRun run, Subject subject, TriggerDesk desk) {
    this.run = run;
    this.subject = subject;
    this.desk = desk;
    live = book.live();
    fires = book.fires();
    stageOpenings = book.stageOpenings();
  }

  /** What is to be remembered; the same book where nothing has changed. */
  public EpisodeBook toBook(EpisodeBook before) {
    boolean same =
        live == before.live() && fires == before.fires() && stageOpenings == before.stageOpenings();
    return same
        ? before
        : new EpisodeBook(List.copyOf(live), List.copyOf(fires), List.copyOf(stageOpenings));
  }

  /**
   * Lets every rule see what an event has changed, and counts an order as the success of what was
   * fired before it.
   *
   * @param now the event's time, or the watermark where the event is late
   */
  public void onEvent(CustomerChange change, Instant now) {
    desk.at(now);
    for (Rule rule : concerned(change.event().eventTime())) {
      kindOf(rule).onEvent(rule, change, subject, this);
    }
    if (change.paid() != null) {
      convert(change.paid());
    }
  }

  /**
   * The versions of rules that an event concerns: those under which something is live or has fired,
   * and those that open episodes at its time. What is live closes before anything opens.
   */
  private List<Rule> concerned(Instant eventTime) {
    List<Rule> opening = run.rules().openingAt(eventTime).all();
    if (run.rules().areSingle()) {
      return opening;
    }
    Set<Rule> concerned = new LinkedHashSet<>();
    live.forEach(episode -> concerned.add(run.rule(episode)));
    fires.forEach(fire -> concerned.add(run.rule(fire)));
    concerned.remove(null);
    concerned.addAll(opening);
    return List.copyOf(concerned);
  }

  /**
   * The next moment at which time alone has something to do here; null if there is none.
   *
   * @param settledAt up to where all has been done
   */
  public Instant nextAt(Instant settledAt) {
    Instant next = null;
    for (Episode episode : live) {
      Rule rule = run.rule(episode);
      next = earlier(next, rule == null ? episode.refreshedAt() : episode.nextAt(rule));
    }
    for (Rule rule : run.rules().openingFrom(settledAt)) {
      Instant opensAt = kindOf(rule).opensAt(rule, subject, this);
      // What has passed and didn't open under this version never will.
      if (opensAt != null && (opensAt.isAfter(settledAt) || run.rules().opensAt(rule, opensAt))) {
        next = earlier(next, opensAt);
      }
    }
    return next;
  }

  /** Opens what time opens and judges what is due. */
  public void onTime(Instant now) {
    desk.at(now);
    for (Rule rule : run.rules().openingFrom(now)) {
      EpisodeKind kind = kindOf(rule);
      Instant opensAt = kind.opensAt(rule, subject, this);
      if (opensAt != null && !opensAt.isAfter(now) && run.rules().opensAt(rule, opensAt)) {
        kind.open(rule, now, subject, this);
      }
    }
    dropEnded(now);
    List<DueStep> due = dueSteps(now);
    for (DueStep step : due) {
      judge(step, due, now);
    }
  }

  private void judge(DueStep step, List<DueStep> due, Instant now) {
    Episode episode = byId(step.episode().episodeId());
    Rule rule = step.rule();
    if (DueStep.isSuperseded(step, due)) {
      desk.suppress(episode, rule, step.number(), TriggerReason.SUPERSEDED);
      replace(episode, episode.judged(step.number()), rule);
      return;
    }
    Judge.Verdict verdict = new Judge(run, subject, fires).judge(episode, step, due, now);
    switch (verdict.action()) {
      case HOLD -> replace(episode, episode.held(step.number(), verdict.until()), rule);
      case EXPIRE -> {
        desk.record(episode, rule, step.number(), Outcome.EXPIRED, verdict.reason());
        replace(episode, episode.judged(step.number()), rule);
      }
      case SUPPRESS -> {
        desk.suppress(episode, rule, step.number(), verdict.reason());
        replace(episode, episode.judged(step.number()), rule);
      }
      case FIRE -> {
        fire(episode, rule, step, now);
        replace(episode, episode.judged(step.number()), rule);
      }
    }
  }

  private void fire(Episode episode, Rule rule, DueStep step, Instant now) {
    boolean first = fires.stream().noneMatch(fire -> fire.episodeId().equals(episode.episodeId()));
    Fire fire =
        new Fire(
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
            first,
            false,
            kindOf(rule).skuIds(rule, episode, subject));
    List<Fire> remembered = new ArrayList<>(fires);
    remembered.removeIf(old -> isForgotten(old, now));
    remembered.add(fire);
    if (remembered.size() > EpisodeBook.FIRE_LIMIT) {
      remembered.remove(0);
      desk.firesOverLimit();
    }
    fires = remembered;
    desk.fire(fire, kindOf(rule).evidence(episode, subject, now));
  }

  /** What a live episode has fired is remembered: it says that a later step isn't the first. */
  private boolean isForgotten(Fire fire, Instant now) {
    return !fire.firedAt().plus(run.fireLife()).isAfter(now)
        && live.stream().noneMatch(episode -> episode.episodeId().equals(fire.episodeId()));
  }

  /** Opens an episode by an event, unless it would only repeat what a later one has fired. */
  void open(Rule rule, String scopeKey, BehaviorEvent event) {
    boolean repeated =
        fires.stream()
            .anyMatch(
                fire ->
                    fire.ruleId().equals(rule.id())
                        && fire.scopeKey().equals(scopeKey)
                        && !fire.firedAt().isBefore(event.eventTime()));
    if (run.rules().opensAt(rule, event.eventTime()) && !isLive(rule, scopeKey) && !repeated) {
      add(Episode.openedByEvent(rule, scopeKey, event));
    }
  }

  void refresh(Rule rule, String scopeKey, BehaviorEvent event) {
    Episode episode = live(rule, scopeKey);
    // One of another version is refreshed under that.
    if (isUnder(rule, run.rule(episode))) {
      replace(episode, episode.refreshed(event), rule);
    }
  }

  /** Opens an episode by time for the stage entered at an instant. */
  void openForStage(Rule rule, String scopeKey, Instant now, Instant stageSince) {
    List<StageOpening> openings = new ArrayList<>();
    for (StageOpening opening : stageOpenings) {
      // Only the present stage can open anything again, so the others needn't be remembered.
      if (opening.stageSince().equals(stageSince)) {
        openings.add(opening);
      }
    }
    openings.add(new StageOpening(rule.id(), stageSince));
    stageOpenings = openings;
    if (!isLive(rule, scopeKey)) {
      add(
          Episode.openedByTime(
              subject.key().tenantId(), rule, scopeKey, now, subject.holdoutKey()));
    }
  }

  boolean hasOpenedForStage(Rule rule, Instant stageSince) {
    for (StageOpening opening : stageOpenings) {
      if (opening.ruleId().equals(rule.id()) && opening.stageSince().equals(stageSince)) {
        return true;
      }
    }
    return false;
  }

  void forgetStageOpening(Rule rule) {
    stageOpenings =
        stageOpenings.stream().filter(opening -> !opening.ruleId().equals(rule.id())).toList();
  }

  /** Closes episodes of a rule's version and cancels what they should not have fired. */
  void exit(Rule rule, Exit exit) {
    for (Episode episode : live) {
      if (isUnder(rule, run.rule(episode))
          && exit.scope().test(episode.scopeKey())
          && !episode.openedAt().isAfter(exit.openedThrough())) {
        live = without(episode);
      }
    }
    for (Fire fire : fires) {
      if (isUnder(rule, run.rule(fire))
          && exit.fire().test(fire)
          && !fire.openedAt().isAfter(exit.openedThrough())
          && !exit.at().isAfter(fire.firedAt())) {
        cancel(fire, exit.reason());
      }
    }
  }

  /** Cancels everything that still stands, for a customer who is to be forgotten. */
  public void cancelAll(TriggerReason reason, Instant now) {
    desk.at(now);
    live = List.of();
    for (Fire fire : fires) {
      cancel(fire, reason);
    }
  }

  private void cancel(Fire fire, TriggerReason reason) {
    if (!fire.cancelled() && !desk.now().isAfter(fire.firedAt().plus(CANCELLABLE_FOR))) {
      Fire cancelled = fire.asCancelled();
      fires = fires.stream().map(other -> other == fire ? cancelled : other).toList();
      desk.cancel(cancelled, reason);
    }
  }

  /**
   * An order is the success of all that was fired within the time before it; its revenue goes to
   * the latest of them that was really sent.
   */
  private void convert(RecentPurchase order) {
    List<Fire> converted =
        fires.stream()
            .filter(fire -> !fire.cancelled())
            .filter(fire -> fire.firedAt().isBefore(order.at()))
            .filter(fire -> !order.at().isAfter(fire.firedAt().plus(run.conversion())))
            .toList();
    Optional<Fire> attributed =
        converted.stream()
            .filter(Fire::isTreated)
            .max(Comparator.comparing(Fire::firedAt).thenComparing(Fire::triggerId));
    for (Fire fire : converted) {
      boolean gets = attributed.isPresent() && attributed.get() == fire;
      desk.convert(fire, order, gets ? order.amountMinor() : 0);
    }
  }

  boolean isLive(Rule rule, String scopeKey) {
    return live(rule, scopeKey) != null;
  }

  /** The live episode of a rule and scope; null if there is none. */
  Episode live(Rule rule, String scopeKey) {
    for (Episode episode : live) {
      if (episode.ruleId().equals(rule.id()) && episode.scopeKey().equals(scopeKey)) {
        return episode;
      }
    }
    return null;
  }

  /**
   * Episodes of a rule that has been taken away, or retired with what is live, end without a word.
   */
  private void dropEnded(Instant now) {
    for (Episode episode : live) {
      if (run.rules().isEndedAt(episode.ruleId(), now)) {
        live = without(episode);
      }
    }
  }

  private List<DueStep> dueSteps(Instant now) {
    List<DueStep> due = new ArrayList<>();
    for (Episode episode : live) {
      Rule rule = run.rule(episode);
      for (int step = 1; step <= rule.steps().size(); step++) {
        if (!episode.isJudged(step) && !episode.judgedAt(rule, step).isAfter(now)) {
          due.add(
              new DueStep(episode, rule, step, episode.dueAt(rule, step), episode.isHeld(step)));
        }
      }
    }
    due.sort(DueStep.JUDGING_ORDER);
    return due;
  }

  private void add(Episode episode) {
    List<Episode> grown = new ArrayList<>(live);
    grown.add(episode);
    if (grown.size() > EpisodeBook.LIVE_LIMIT) {
      grown.remove(0);
      desk.episodesOverLimit();
    }
    live = grown;
    desk.opened(episode);
  }

  private void replace(Episode before, Episode after, Rule rule) {
    if (after.isComplete(rule)) {
      live = without(before);
    } else if (after != before) {
      live = live.stream().map(other -> other == before ? after : other).toList();
    }
  }

  private List<Episode> without(Episode episode) {
    return live.stream().filter(other -> other != episode).toList();
  }

  private Episode byId(String episodeId) {
    return live.stream()
        .filter(episode -> episode.episodeId().equals(episodeId))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isUnder(Rule version, Rule found) {
    return found != null && found.isSameVersion(version);
  }

  private static EpisodeKind kindOf(Rule rule) {
    return EpisodeKinds.of(rule.kind());
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
