package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
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
import java.util.Comparator;
import java.util.EnumSet;
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
  private static final Set<Stage> ASLEEP = EnumSet.of(Stage.AT_RISK, Stage.DORMANT, Stage.LOST);

  private final CustomerKey key;
  private final List<BehaviorEvent> input;
  private final Settings settings;
  private final ZoneId zone;

  /** Every version of every rule that there is at any time. */
  private final List<Rule> versions;

  private final List<Publication> publications;
  private final NaiveRules rules;
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
    this.key = scenario.customer();
    this.input = NaiveEvents.sorted(scenario.events());
    this.settings = scenario.settings();
    Settings.Tenant own = settings.tenants().get(key.tenantId());
    this.zone = own == null ? settings.time().zone() : own.zone();
    this.versions = versions(scenario);
    this.publications = scenario.publications();
    this.rules = new NaiveRules(key.tenantId(), scenario.rules());
    this.cuts = scenario.cuts();
    this.asOf = scenario.asOf();
    this.episodes = new NaiveEpisodes(key, settings);
    this.judge = new NaiveJudge(this, episodes, scenario.wallTime());
    forget();
  }

  /** Of one rule the older ones first: they close what they have before a newer one opens. */
  private static List<Rule> versions(Scenario scenario) {
    List<Rule> all = new ArrayList<>(scenario.rules());
    for (Publication publication : scenario.publications()) {
      for (Rule version : publication.word().versions()) {
        boolean known =
            all.stream()
                .anyMatch(
                    rule -> rule.id().equals(version.id()) && rule.version() == version.version());
        if (!known) {
          all.add(version);
        }
      }
    }
    all.sort(Comparator.comparingInt(Rule::version));
    return all;
  }

  private void forget() {
    history = new NaiveHistory(List.of(), settings, zone);
    kinds = versions.stream().map(rule -> NaiveKind.of(rule, this, episodes)).toList();
  }

  /** Everything that a run up to as-of tells. */
  public Told run() {
    int next = 0;
    int published = 0;
    Instant now = Instant.MIN;
    while (true) {
      Instant upcoming = next < input.size() ? input.get(next).eventTime() : Instant.MAX;
      upcoming = earlier(upcoming, nextMomentAfter(now));
      if (published < publications.size()) {
        upcoming = earlier(upcoming, publications.get(published).at());
      }
      if (upcoming.isAfter(asOf)) {
        break;
      }
      now = upcoming;
      while (next < input.size() && input.get(next).eventTime().equals(now)) {
        take(input.get(next++));
      }
      passTo(now);
      while (published < publications.size() && publications.get(published).at().equals(now)) {
        rules.publish(publications.get(published++).word());
      }
    }
    CustomerProfile profile = history.events().isEmpty() ? null : profileAt(asOf);
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
    moments.addAll(rules.retirements());
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
            && NaiveEvents.pays(purchase)
            && history.counting().stream().anyMatch(o -> o.key().equals(history.orderKey(event)));
    if (!ordered) {
      return TransitionReason.REFUNDED;
    }
    if (stage == Stage.PROSPECT) {
      return TransitionReason.FIRST_ORDER;
    }
    if (ASLEEP.contains(stage)) {
      return TransitionReason.REACTIVATED;
    }
    return history.stageAt(event.eventTime()) == Stage.LOYAL
        ? TransitionReason.LOYAL
        : TransitionReason.REPEAT_ORDER;
  }

  private void move(Stage to, Instant at, TransitionReason reason, BehaviorEvent cause) {
    StageTransition transition =
        new StageTransition(key.tenantId(), key.customerId(), stage, to, at, reason);
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
    episodes.all().forEach(each -> each.live &= !rules.hasEnded(each.rule.id(), now));
    kinds.forEach(kind -> kind.onTime(now));
    judge.judgeAt(now);
  }

  private void stageByTime(Instant now) {
    Stage reached = history.stageAt(now);
    if (reached != stage) {
      TransitionReason reason =
          ASLEEP.contains(reached) ? TransitionReason.SILENCE : TransitionReason.WINDOW_EXPIRED;
      move(reached, now, reason, null);
    }
  }

  // ---- what the kinds may ask

  @Override
  public CustomerKey key() {
    return key;
  }

  @Override
  public NaiveRules rules() {
    return rules;
  }

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

  @Override
  public CustomerProfile profileAt(Instant now) {
    return profile().at(now, stage, stageSince);
  }

  private NaiveProfile profile() {
    return new NaiveProfile(key, history, settings, cuts);
  }
}
