package io.customerpulse.domain.kind;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A customer who has fallen asleep and can be won back. Opens once per entry, by silence, into the
 * rule's stage, as soon as there has been no activity for the rule's time; closes with the next
 * activity. Its scope is the customer.
 *
 * <p>It remembers, per rule, which entry into a stage it has already opened an episode for.
 */
public final class Reactivation extends EpisodeKind<List<Reactivation.Opening>> {
  public static final Key<Stage> STAGE =
      Key.choice(
          "stage",
          Arrays.stream(Stage.values()).filter(Stage::isAsleep).toList(),
          Stage.DORMANT,
          "entered by silence");

  public static final Key<Duration> INACTIVE_FOR =
      Key.duration(
          "inactive_for",
          Duration.ofMillis(1),
          Rule.MAX_OFFSET,
          Duration.ofDays(14),
          "so long there was no click, browse, cart or purchase either");

  private static final long serialVersionUID = 1;

  public Reactivation() {
    super("reactivation", 2, 40);
  }

  /**
   * That a rule has opened its episode for the stage entered at an instant.
   *
   * @param openedAt when it has
   */
  public record Opening(String ruleId, Instant stageSince, Instant openedAt) {}

  private enum Form implements MemoryForm<List<Opening>> {
    INSTANCE;

    @Override
    public List<Opening> empty() {
      return List.of();
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(List<Opening> openings, FieldWriter out) throws IOException {
      out.list(
          openings,
          (opening, each) -> {
            each.text(opening.ruleId());
            each.instant(opening.stageSince());
            each.instant(opening.openedAt());
          });
    }

    @Override
    public List<Opening> read(int version, FieldReader in) throws IOException {
      return in.list(each -> new Opening(each.text(), each.instant(), each.instant()));
    }
  }

  @Override
  public String waitsFor() {
    return "a buyer who has gone silent";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(STAGE, INACTIVE_FOR);
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of(Duration.ZERO, Duration.ofDays(14));
  }

  @Override
  public boolean isRanked() {
    return true;
  }

  @Override
  public MemoryForm<List<Opening>> memoryForm() {
    return Form.INSTANCE;
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().type().isActivity();
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<List<Opening>> context) {
    Instant at = change.event().eventTime();
    forgetOpeningsInSpiteOf(at, context);
    context.exit(
        new ExitEvent(
            at,
            TriggerReason.ACTIVITY,
            (rule, episode) -> episode.openedAt().isBefore(silentFrom(rule, at)),
            (rule, fire) -> fire.openedAt().isBefore(silentFrom(rule, at))));
  }

  /**
   * An activity that is learnt late: the silence that opened an episode wasn't one, and the rule
   * opens it again when the time has passed.
   */
  private static void forgetOpeningsInSpiteOf(Instant at, KindContext<List<Opening>> context) {
    List<Opening> openings = context.memory();
    List<Opening> kept = new ArrayList<>(openings);
    kept.removeIf(
        opening -> {
          Rule rule = context.newest(opening.ruleId());
          return rule != null
              && at.isBefore(opening.openedAt())
              && opening.openedAt().isBefore(silentFrom(rule, at));
        });
    if (kept.size() < openings.size()) {
      context.remember(List.copyOf(kept));
    }
  }

  /** From when on an activity is no obstacle. */
  private static Instant silentFrom(Rule rule, Instant activityAt) {
    return activityAt.plus(rule.get(INACTIVE_FOR));
  }

  @Override
  public Instant nextAt(List<Rule> rules, KindContext<List<Opening>> context) {
    if (!context.subject().stageBySilence()) {
      return null;
    }
    Instant next = null;
    for (Rule rule : rules) {
      Instant at = opensAt(rule, context);
      // What has passed and didn't open under this version never will.
      if (at != null
          && (at.isAfter(context.subject().processedUpTo()) || context.opensAt(rule, at))
          && (next == null || at.isBefore(next))) {
        next = at;
      }
    }
    return next;
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, KindContext<List<Opening>> context) {
    if (!context.subject().stageBySilence()) {
      return;
    }
    for (Rule rule : rules) {
      Instant at = opensAt(rule, context);
      if (at != null && !at.isAfter(now) && context.opensAt(rule, at)) {
        open(rule, now, context);
      }
    }
  }

  /** When a rule opens its episode for the present stage; null if it doesn't, or has done so. */
  private static Instant opensAt(Rule rule, KindContext<List<Opening>> context) {
    Subject subject = context.subject();
    if (subject.stage() != rule.get(STAGE)
        || hasOpened(rule, subject.stageSince(), context.memory())) {
      return null;
    }
    Instant quietSince =
        subject.lastActivityAt() == null
            ? subject.stageSince()
            : silentFrom(rule, subject.lastActivityAt());
    return quietSince.isAfter(subject.stageSince()) ? quietSince : subject.stageSince();
  }

  private static boolean hasOpened(Rule rule, Instant stageSince, List<Opening> openings) {
    for (Opening opening : openings) {
      if (opening.ruleId().equals(rule.id()) && opening.stageSince().equals(stageSince)) {
        return true;
      }
    }
    return false;
  }

  private static void open(Rule rule, Instant now, KindContext<List<Opening>> context) {
    Instant stageSince = context.subject().stageSince();
    List<Opening> openings = new ArrayList<>();
    for (Opening opening : context.memory()) {
      // Only the present stage can open anything again, so the others needn't be remembered.
      if (opening.stageSince().equals(stageSince)) {
        openings.add(opening);
      }
    }
    openings.add(new Opening(rule.id(), stageSince, now));
    context.remember(List.copyOf(openings));
    if (context.live(rule, Episode.CUSTOMER_SCOPE) == null) {
      context.add(context.openedByTime(rule, Episode.CUSTOMER_SCOPE, now, now));
    }
  }

  @Override
  public Evidence evidence(
      Rule rule, Episode episode, KindContext<List<Opening>> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .daysSilent(context.subject(), now)
        .build();
  }
}
