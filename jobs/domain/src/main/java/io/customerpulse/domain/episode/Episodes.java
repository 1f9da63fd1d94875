package io.customerpulse.domain.episode;

import io.customerpulse.domain.episode.EpisodeBook.BirthdayOpening;
import io.customerpulse.domain.episode.EpisodeBook.StageOpening;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.Message;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The episodes of one customer while a decision is being made: what events and time do to them.
 * Whether a step that is due is sent is left to the {@link Judge}.
 */
public final class Episodes {
  private static final List<TriggerKind> KINDS = List.of(TriggerKind.values());

  /** How long after a fire an exit that is learnt late still cancels it. */
  public static final Duration CANCELLABLE_FOR = Duration.ofDays(7);

  private final RulesOfRun run;
  private final Subject subject;
  private final TriggerDesk desk;
  private final LiveEpisodes live;
  private final FireLog fires;
  private List<StageOpening> stageOpenings;
  private List<BirthdayOpening> birthdays;
  private int segment;
  private Views views;

  /** The next moment of a live episode, as long as none changes. */
  private Optional<Instant> nextOfLive;

  public Episodes(EpisodeBook book, RulesOfRun run, Subject subject, TriggerDesk desk) {
    this.run = run;
    this.subject = subject;
    this.desk = desk;
    live = new LiveEpisodes(book.live());
    fires = new FireLog(book.fires());
    stageOpenings = book.stageOpenings();
    birthdays = book.birthdays();
    segment = book.segment();
    views = book.views();
  }

  /** What is to be remembered; the same book where nothing has changed. */
  public EpisodeBook toBook(EpisodeBook before) {
    List<Episode> liveNow = live.all();
    List<Fire> firesNow = fires.all();
    boolean same =
        liveNow == before.live()
            && firesNow == before.fires()
            && stageOpenings == before.stageOpenings()
            && birthdays == before.birthdays()
            && segment == before.segment()
            && views == before.views();
    return same
        ? before
        : new EpisodeBook(
            liveNow,
            List.copyOf(firesNow),
            List.copyOf(stageOpenings),
            List.copyOf(birthdays),
            segment,
            views);
  }

  /**
   * Lets every kind that it concerns see what an event has changed, and counts an order as the
   * success of what was fired before it.
   */
  public void onEvent(CustomerChange change) {
    desk.at(change.at());
    for (TriggerKind kind : KINDS) {
      List<Rule> rules = run.rules().openingFrom(change.event().eventTime(), kind);
      EpisodeKind watcher = EpisodeKinds.of(kind);
      if (isAwaited(rules) && watcher.concerns(change)) {
        watcher.onEvent(withVersionsOfLive(kind, rules), change, subject, this);
      }
    }
    if (change.event().payload() instanceof Message message) {
      report(message, change.event().eventTime());
    }
    if (change.paid() != null) {
      convert(change.paid());
    }
  }

  /** Lets the rules see that a stage has begun. */
  public void onStage(StageMove move) {
    desk.at(move.at());
    for (TriggerKind kind : KINDS) {
      List<Rule> rules = run.rules().openingFrom(move.at(), kind);
      if (isAwaited(rules)) {
        EpisodeKinds.of(kind).onStage(rules, move, subject, this);
      }
    }
  }

  /** Whether there may be anything that opens, closes or proves wrong. */
  private boolean isAwaited(List<Rule> rules) {
    return !rules.isEmpty() || !live.isEmpty() || !fires.all().isEmpty() || segment != 0;
  }

  /** These, and before them those under which something is live: each version sees to its own. */
  private List<Rule> withVersionsOfLive(TriggerKind kind, List<Rule> opening) {
    if (run.rules().areSingle() || live.isEmpty()) {
      return opening;
    }
    Set<Rule> rules = new LinkedHashSet<>();
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      if (rule != null && rule.kind() == kind) {
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
    if (nextOfLive == null) {
      nextOfLive = Optional.ofNullable(nextOfLive());
    }
    Instant next = nextOfLive.orElse(null);
    for (TriggerKind kind : KINDS) {
      List<Rule> rules = run.rules().openingFrom(processedUpTo, kind);
      if (!rules.isEmpty()) {
        next = earlier(next, EpisodeKinds.of(kind).nextAt(rules, subject, this));
      }
    }
    return next;
  }

  private Instant nextOfLive() {
    Instant next = null;
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      if (rule == null) {
        return episode.refreshedAt();
      }
      next = earlier(next, episode.nextAt(rule));
      next = earlier(next, kindOf(rule).closesAt(episode, subject));
    }
    return next;
  }

  /** Closes and opens what time closes and opens, and judges what is due. */
  public void onTime(Instant now) {
    desk.at(now);
    closeOutdated(now);
    for (TriggerKind kind : KINDS) {
      List<Rule> rules = run.rules().openingFrom(now, kind);
      if (!rules.isEmpty()) {
        EpisodeKinds.of(kind).onTime(rules, now, subject, this);
      }
    }
    DueSteps due = dueSteps(now);
    if (!due.isEmpty()) {
      fires.removeIf(fire -> isForgotten(fire, now));
      Judge judge = new Judge(run, subject, fires, due, now);
      due.inOrder().forEach(step -> judge(step, judge, now));
    }
  }

  /**
   * Ends what its kind ends by time and, without a word, what is of a rule that has been taken
   * away, or retired with what is live.
   */
  private void closeOutdated(Instant now) {
    for (Episode episode : live.all()) {
      boolean ended = run.rules().isEndedAt(episode.ruleId(), now);
      Instant closesAt = ended ? now : kindOf(run.rule(episode)).closesAt(episode, subject);
      if (closesAt != null && !closesAt.isAfter(now)) {
        end(episode);
      }
    }
  }

  private void judge(DueStep step, Judge judge, Instant now) {
    Rule rule = step.rule();
    Episode episode = live.get(rule.id(), step.episode().scopeKey());
    Judge.Verdict verdict = judge.judge(episode, step);
    if (verdict.action() == Judge.Action.HOLD) {
      replace(episode.held(step.number(), verdict.until()), rule);
      return;
    }
    switch (verdict.action()) {
      case FIRE -> fire(episode, rule, step, now);
      case EXPIRE -> desk.record(episode, rule, step.number(), Outcome.EXPIRED, verdict.reason());
      default -> desk.record(episode, rule, step.number(), Outcome.SUPPRESSED, verdict.reason());
    }
    replace(episode.judged(step.number()), rule);
  }

  private void fire(Episode episode, Rule rule, DueStep step, Instant now) {
    EpisodeKind kind = kindOf(rule);
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
            !fires.hasEpisode(rule.id(), episode.episodeId()),
            false,
            kind.items(rule, episode, subject),
            null);
    fires.add(fire);
    if (fires.all().size() > EpisodeBook.FIRE_LIMIT) {
      fires.removeOldest();
      desk.firesOverLimit();
    }
    desk.fire(fire, kind.evidence(rule, episode, subject, now));
  }

  /** What a live episode has fired is remembered: it says that a later step isn't the first. */
  private boolean isForgotten(Fire fire, Instant now) {
    if (fire.firedAt().plus(run.fireLife()).isAfter(now)) {
      return false;
    }
    Episode episode = live.get(fire.ruleId(), fire.scopeKey());
    return episode == null || !episode.episodeId().equals(fire.episodeId());
  }

  /**
   * Opens an episode, unless there is one or it would only repeat what a later one has fired.
   *
   * @param by the event that opens it; null where time alone does
   * @param at when it opens
   */
  void open(Rule rule, String scopeKey, BehaviorEvent by, Instant at) {
    if (!opensAt(rule, at) || live.get(rule.id(), scopeKey) != null) {
      return;
    }
    for (Fire fire : fires.ofRule(rule.id())) {
      if (fire.scopeKey().equals(scopeKey) && !fire.firedAt().isBefore(at)) {
        return;
      }
    }
    add(
        by == null
            ? openedByTime(rule, scopeKey, at, at)
            : Episode.openedByEvent(rule, scopeKey, by, at));
  }

  private Episode openedByTime(Rule rule, String scopeKey, Instant at, Instant begins) {
    return Episode.openedByTime(
        subject.key().tenantId(), rule, scopeKey, at, begins, subject.holdoutKey());
  }

  /** Whether a version of a rule is the one that opens episodes at an instant. */
  boolean opensAt(Rule rule, Instant instant) {
    return run.rules().opensAt(rule, instant);
  }

  /** Refreshes a live episode of a rule, if it runs under this version. */
  void refresh(Rule rule, String scopeKey, BehaviorEvent event) {
    Episode episode = live.get(rule.id(), scopeKey);
    if (run.rule(episode).isSameVersion(rule)) {
      replace(episode.refreshed(event, rule), rule);
    }
  }

  /** Opens an episode by time for the stage entered at an instant. */
  void openForStage(Rule rule, Instant now, Instant stageSince) {
    List<StageOpening> openings = new ArrayList<>();
    for (StageOpening opening : stageOpenings) {
      // Only the present stage can open anything again, so the others needn't be remembered.
      if (opening.stageSince().equals(stageSince)) {
        openings.add(opening);
      }
    }
    openings.add(new StageOpening(rule.id(), stageSince, now));
    stageOpenings = openings;
    if (live.get(rule.id(), Episode.CUSTOMER_SCOPE) == null) {
      add(openedByTime(rule, Episode.CUSTOMER_SCOPE, now, now));
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

  /** Lets rules open an episode for the present stage again, by when they have opened one. */
  void forgetStageOpenings(BiPredicate<Rule, Instant> which) {
    List<StageOpening> kept = new ArrayList<>(stageOpenings);
    kept.removeIf(
        opening -> {
          Rule rule = run.newest(opening.ruleId());
          return rule != null
              && rule.kind() == TriggerKind.REACTIVATION
              && which.test(rule, opening.openedAt());
        });
    if (kept.size() < stageOpenings.size()) {
      stageOpenings = kept;
    }
  }

  /**
   * Opens an episode for a birthday. Steps that are past when the birthday is learnt are used up.
   *
   * @param at the beginning of the day
   * @param begins from when the steps are counted
   */
  void openForBirthday(Rule rule, LocalDate day, Instant at, Instant begins, Instant now) {
    List<BirthdayOpening> openings = new ArrayList<>();
    for (BirthdayOpening opening : birthdays) {
      boolean counts = opening.day().plusDays(Birthday.DAYS_BETWEEN).isAfter(day);
      if (counts && !opening.ruleId().equals(rule.id())) {
        openings.add(opening);
      }
    }
    openings.add(new BirthdayOpening(rule.id(), day));
    birthdays = openings;
    Episode episode = openedByTime(rule, Integer.toString(day.getYear()), at, begins);
    for (int step = 1; step <= rule.steps().size(); step++) {
      if (episode.dueAt(rule, step).isBefore(now)) {
        episode = episode.judged(step);
      }
    }
    add(episode);
  }

  /** The last birthday that a rule has opened an episode for; null if none counts any more. */
  LocalDate lastBirthday(Rule rule) {
    for (BirthdayOpening opening : birthdays) {
      if (opening.ruleId().equals(rule.id())) {
        return opening.day();
      }
    }
    return null;
  }

  /** What {@link EpisodeBook#segment} says. */
  int segment() {
    return segment;
  }

  void segment(int next) {
    segment = next;
  }

  public Views views() {
    return views;
  }

  /** Remembers a view of a product; see {@link Views#with}. */
  void viewed(
      String productId,
      String sessionId,
      Instant at,
      Duration window,
      Map<String, Instant> awaited) {
    Views.Change change = views.with(productId, sessionId, at, window, awaited);
    views = change.next();
    for (int i = 0; i < change.dropped(); i++) {
      desk.viewsOverLimit();
    }
  }

  /** Closes episodes and cancels what they should not have fired. */
  void exit(Exit exit) {
    for (Episode episode : live.all()) {
      Rule rule = run.rule(episode);
      if (rule != null && rule.kind() == exit.kind() && exit.closes().test(rule, episode)) {
        end(episode);
      }
    }
    fires.replaceAll(
        fire -> {
          if (fire.kind() != exit.kind() || exit.at().isAfter(fire.firedAt())) {
            return fire;
          }
          Rule rule = run.rule(fire);
          boolean wrong =
              rule != null && rule.kind() == exit.kind() && exit.disproves().test(rule, fire);
          return wrong ? cancelled(fire, exit.reason()) : fire;
        });
  }

  /** Cancels everything that still stands, for a customer who is to be forgotten. */
  public void cancelAll(TriggerReason reason, Instant now) {
    desk.at(now);
    live.all().forEach(this::end);
    fires.replaceAll(fire -> cancelled(fire, reason));
  }

  /** The fire as it is after a reason against it: told to the world while that is of use. */
  private Fire cancelled(Fire fire, TriggerReason reason) {
    if (fire.cancelled() || desk.now().isAfter(fire.firedAt().plus(CANCELLABLE_FOR))) {
      return fire;
    }
    Fire cancelled = fire.asCancelled();
    desk.cancel(cancelled, reason);
    return cancelled;
  }

  /** Joins what a marketing system says of a message to what was fired. */
  private void report(Message message, Instant at) {
    fires.replaceAll(
        fire -> {
          if (!fire.triggerId().equals(message.triggerId())) {
            return fire;
          }
          desk.reported(fire, message.status());
          return fire.reported(new Fire.Report(message.status(), at));
        });
  }

  /**
   * An order is the success of all that was fired within the time before it; its revenue goes to
   * the latest of them that was really sent and is of a kind that may earn it.
   */
  private void convert(RecentPurchase order) {
    List<Fire> converted = new ArrayList<>();
    for (Fire fire : fires.all()) {
      if (!fire.cancelled()
          && fire.firedAt().isBefore(order.at())
          && !order.at().isAfter(fire.firedAt().plus(run.conversion()))) {
        converted.add(fire);
      }
    }
    Optional<Fire> attributed =
        converted.stream()
            .filter(fire -> fire.isTreated() && fire.kind().isRanked())
            .max(Comparator.comparing(Fire::firedAt).thenComparing(Fire::triggerId));
    for (Fire fire : converted) {
      boolean gets = attributed.isPresent() && attributed.get() == fire;
      desk.convert(fire, order, gets ? order.amountMinor() : 0);
    }
  }

  /** The live episode of a rule and scope; null if there is none. */
  Episode live(Rule rule, String scopeKey) {
    return live.get(rule.id(), scopeKey);
  }

  private DueSteps dueSteps(Instant now) {
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

  private void add(Episode episode) {
    live.put(episode);
    desk.opened(episode);
    nextOfLive = null;
    if (live.size() > EpisodeBook.LIVE_LIMIT) {
      live.removeOldest();
      desk.episodesOverLimit();
    }
  }

  private void replace(Episode after, Rule rule) {
    if (after.isComplete(rule)) {
      end(after);
    } else {
      live.put(after);
      nextOfLive = null;
    }
  }

  private void end(Episode episode) {
    live.remove(episode);
    nextOfLive = null;
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
