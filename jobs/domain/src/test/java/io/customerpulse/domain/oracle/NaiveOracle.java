package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.lifecycle.TransitionReason;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the meaning of the words asks for, computed in the dumbest way: the whole sorted history of
 * one customer is gone through from moment to moment, and whatever is asked on the way is worked
 * out from all events so far. Written from the rules alone; it shares records with what it checks,
 * but no logic.
 *
 * <p>What follows from the events is in {@link NaiveHistory} and {@link NaiveProfile}, what each
 * kind of rule waits for in its own {@link NaiveKind}, what becomes of a step in {@link
 * NaiveJudge}, and what orders do to fires in {@link NaiveEpisodes}.
 */
public final class NaiveOracle implements NaiveCustomer {
  private final List<BehaviorEvent> input;
  private final Settings settings;
  private final ZoneId zone;
  private final List<Rule> rules;
  private final Cuts cuts;
  private final Instant asOf;
  private final NaiveEpisodes episodes;
  private final NaiveJudge judge;

  private NaiveHistory history;
  private List<NaiveKind> kinds = List.of();
  private Stage stage;
  private Instant stageSince;
  private Instant erasedAt;

  private final List<StageTransition> transitions = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private int removals;

  public NaiveOracle(Scenario scenario) {
    this.input = scenario.events().stream().sorted(BehaviorEvent.APPLICATION_ORDER).toList();
    this.settings = scenario.settings();
    this.zone = settings.tenant(Given.TENANT).zone();
    this.rules = scenario.rules();
    this.cuts = scenario.cuts();
    this.asOf = scenario.asOf();
    this.episodes = new NaiveEpisodes(settings);
    this.judge = new NaiveJudge(this, episodes, scenario.wallTime());
    forget();
  }

  private void forget() {
    history = new NaiveHistory(List.of(), settings, zone);
    kinds = rules.stream().map(rule -> NaiveKind.of(rule, this, episodes)).toList();
  }

  /** Everything that a run up to as-of tells. */
  public Told run() {
    int next = 0;
    Instant now = Instant.MIN;
    while (true) {
      Instant upcoming = next < input.size() ? input.get(next).eventTime() : Instant.MAX;
      upcoming = earlier(upcoming, nextMomentAfter(now));
      if (upcoming.isAfter(asOf)) {
        break;
      }
      now = upcoming;
      while (next < input.size() && input.get(next).eventTime().equals(now)) {
        take(input.get(next++));
      }
      passTo(now);
    }
    CustomerProfile profile =
        history.events().isEmpty() ? null : profile().at(asOf, stage, stageSince);
    return new Told(
        accepted,
        rejected,
        transitions,
        episodes.triggers(),
        episodes.outcomes(),
        removals,
        profile);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The next moment after one at which time alone may do something. */
  private Instant nextMomentAfter(Instant now) {
    if (stage == null) {
      return Instant.MAX;
    }
    Set<Instant> moments = new TreeSet<>(history.stageMoments());
    judge.waiting().forEach(due -> moments.add(due.at()));
    kinds.forEach(kind -> moments.addAll(kind.moments(now)));
    return moments.stream().filter(moment -> moment.isAfter(now)).findFirst().orElse(Instant.MAX);
  }

  // ---- events

  private void take(BehaviorEvent event) {
    if (erasedAt != null && !event.eventTime().isAfter(erasedAt)) {
      rejected.add(event.eventId());
      return;
    }
    accepted.add(event.eventId());
    if (event.type() == EventType.ERASE) {
      erase(event.eventTime());
      return;
    }
    NaiveHistory before = history;
    history = before.with(event);
    Instant at = event.eventTime();
    if (stage == null) {
      move(Stage.PROSPECT, at, TransitionReason.FIRST_SEEN, event);
    }
    if (event.payload() instanceof Purchase || event.payload() instanceof Refund) {
      Stage reached = history.stageAt(at);
      if (reached != before.stageAt(at) && reached != stage) {
        move(reached, at, reasonOf(event), event);
      }
    }
    // What time alone has decided by this very instant is seen with its first event already.
    stageByTime(at);
    kinds.forEach(kind -> kind.onEvent(event, before));
    if (event.payload() instanceof Purchase purchase && history.lastPaysFirst()) {
      episodes.convert(purchase, at, history);
    }
  }

  private TransitionReason reasonOf(BehaviorEvent event) {
    boolean ordered =
        event.payload() instanceof Purchase purchase
            && purchase.status().pays()
            && history.counting().stream().anyMatch(o -> o.key().equals(history.orderKey(event)));
    if (!ordered) {
      return TransitionReason.REFUNDED;
    }
    if (stage == Stage.PROSPECT) {
      return TransitionReason.FIRST_ORDER;
    }
    if (stage.isAsleep()) {
      return TransitionReason.REACTIVATED;
    }
    return history.stageAt(event.eventTime()) == Stage.LOYAL
        ? TransitionReason.LOYAL
        : TransitionReason.REPEAT_ORDER;
  }

  private void move(Stage to, Instant at, TransitionReason reason, BehaviorEvent cause) {
    StageTransition transition =
        new StageTransition(Given.TENANT, Given.CUSTOMER.customerId(), stage, to, at, reason);
    transitions.add(transition);
    stage = to;
    stageSince = at;
    kinds.forEach(kind -> kind.onStage(transition, cause));
  }

  private void erase(Instant at) {
    episodes.erase(at, history);
    kinds = List.of();
    if (stage != null) {
      move(null, at, TransitionReason.ERASED, null);
    }
    removals += history.events().isEmpty() ? 0 : 1;
    forget();
    erasedAt = at;
  }

  // ---- time

  private void passTo(Instant now) {
    if (stage == null) {
      return;
    }
    stageByTime(now);
    kinds.forEach(kind -> kind.onTime(now));
    judge.judgeAt(now);
  }

  private void stageByTime(Instant now) {
    Stage reached = history.stageAt(now);
    if (reached != stage) {
      TransitionReason reason =
          reached.isAsleep() ? TransitionReason.SILENCE : TransitionReason.WINDOW_EXPIRED;
      move(reached, now, reason, null);
    }
  }

  // ---- what the kinds may ask

  @Override
  public NaiveHistory history() {
    return history;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public Scores scoresAt(Instant now) {
    return profile().scoresAt(now);
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  private NaiveProfile profile() {
    return new NaiveProfile(history, settings, cuts);
  }
}
