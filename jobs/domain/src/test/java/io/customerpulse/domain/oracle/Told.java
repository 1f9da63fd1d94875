package io.customerpulse.domain.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that a run tells of one customer.
 *
 * @param accepted event ids in the order in which the events were applied
 * @param rejected event ids, sorted
 * @param removals how often the customer's profile was taken away
 * @param profile the last one that was told; null if none stands
 */
public record Told(
    List<String> accepted,
    List<String> rejected,
    List<StageTransition> transitions,
    List<Trigger> triggers,
    List<TriggerOutcome> outcomes,
    int removals,
    CustomerProfile profile) {

  /** What the outputs of a run say, in their order. */
  public static Told of(List<Effect> outputs) {
    List<String> accepted = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    List<StageTransition> transitions = new ArrayList<>();
    List<Trigger> triggers = new ArrayList<>();
    List<TriggerOutcome> outcomes = new ArrayList<>();
    int removals = 0;
    CustomerProfile profile = null;
    for (Effect output : outputs) {
      if (output instanceof Effect.EventAccepted taken) {
        accepted.add(taken.event().eventId());
      } else if (output instanceof Effect.EventRejected refused) {
        rejected.add(refused.event().eventId());
      } else if (output instanceof Effect.StageChanged changed) {
        transitions.add(changed.transition());
      } else if (output instanceof Effect.TriggerIssued issued) {
        triggers.add(issued.trigger());
      } else if (output instanceof Effect.OutcomeRecorded recorded) {
        outcomes.add(recorded.outcome());
      } else if (output instanceof Effect.ProfileChanged changed) {
        profile = changed.profile();
      } else if (output instanceof Effect.ProfileRemoved) {
        removals++;
        profile = null;
      }
    }
    return new Told(accepted, rejected, transitions, triggers, outcomes, removals, profile);
  }

  /**
   * One line for each thing told, comparable between runs: what is told at one moment has no order,
   * nor have the lines of a cart.
   */
  public List<String> lines() {
    List<String> lines = linesButProfile();
    lines.add(String.valueOf(profile));
    return lines;
  }

  /**
   * Says that this is what the oracle expects, which reckons numbers of the model in another way:
   * they agree to a billionth.
   */
  public void agreesWith(Told expected, String situation, Object... args) {
    assertThat(linesButProfile())
        .as(situation, args)
        .containsExactlyElementsOf(expected.linesButProfile());
    profileAgreesWith(expected, situation, args);
  }

  /** The same of the profile alone. */
  public void profileAgreesWith(Told expected, String situation, Object... args) {
    assertThat(profile)
        .as(situation, args)
        .usingRecursiveComparison()
        .withComparatorForType(Told::compareNearly, Double.class)
        .isEqualTo(expected.profile);
  }

  private static int compareNearly(Double one, Double other) {
    boolean near = Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));
    return near ? 0 : Double.compare(one, other);
  }

  private List<String> linesButProfile() {
    List<String> lines = new ArrayList<>();
    lines.add("accepted " + accepted);
    lines.add("rejected " + rejected.stream().sorted().toList());
    transitions.forEach(transition -> lines.add(transition.toString()));
    triggers.stream().map(Told::line).sorted().forEach(lines::add);
    outcomes.stream()
        .sorted(
            Comparator.comparing(TriggerOutcome::at)
                .thenComparing(TriggerOutcome::triggerId)
                .thenComparing(TriggerOutcome::outcome))
        .forEach(outcome -> lines.add(outcome.toString()));
    lines.add("removals " + removals);
    return lines;
  }

  private static String line(Trigger trigger) {
    return String.join(
        " ",
        trigger.firedAt().toString(),
        trigger.action().name(),
        trigger.ruleId() + "@" + trigger.ruleVersion(),
        trigger.kind().wireName(),
        trigger.tenantId(),
        trigger.customerId(),
        trigger.identifiers().toString(),
        "episode " + trigger.episodeId(),
        "step " + trigger.step(),
        "trigger " + trigger.triggerId(),
        "due " + trigger.dueAt(),
        "valid " + trigger.validUntil(),
        trigger.variant(),
        "because " + trigger.reason(),
        trigger.evidence() == null ? "no evidence" : line(trigger.evidence()));
  }

  private static String line(Evidence evidence) {
    List<String> lines =
        evidence.lines() == null
            ? null
            : evidence.lines().stream().map(Line::toString).sorted().toList();
    return new Evidence(
            evidence.appId(),
            evidence.cartId(),
            evidence.valueMinor(),
            null,
            evidence.productId(),
            evidence.views(),
            evidence.daysSilent(),
            evidence.stage(),
            evidence.rScore(),
            evidence.fScore(),
            evidence.mScore(),
            evidence.cutsVersion(),
            evidence.openedBy(),
            evidence.refreshedBy(),
            evidence.orderId())
        + " with "
        + lines;
  }
}
