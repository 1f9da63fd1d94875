package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;

/**
 * A kind of trigger rule, all of it: its name and keys in rule files, what it watches, when its
 * episodes open, are refreshed and close, what it remembers meanwhile, and what its triggers rest
 * on. A new one is a class named in {@code META-INF/services}.
 *
 * @param <M> what it remembers of a customer beside its episodes
 */
public abstract class EpisodeKind<M> extends TriggerKind {
  private static final long serialVersionUID = 1;

  /** A kind; see {@link TriggerKind#TriggerKind}. */
  protected EpisodeKind(String wireName, int code, int place) {
    super(wireName, code, place);
  }

  /** The kind as the episodes know it: there is no rule that opens none. */
  public static EpisodeKind<?> of(TriggerKind kind) {
    return (EpisodeKind<?>) kind;
  }

  /** What it remembers, and how that is stored. */
  public abstract MemoryForm<M> memoryForm();

  /** Whether an event can mean anything to this kind; if not, its rules are not gone through. */
  public abstract boolean concerns(CustomerChange change);

  /**
   * Opens, refreshes and closes episodes after an event that concerns this kind.
   *
   * @param rules those that may open something, and those under which something is live
   */
  public abstract void onEvent(List<Rule> rules, CustomerChange change, KindContext<M> context);

  /** Opens and closes episodes after a change of stage. */
  public void onStage(List<Rule> rules, StageMove move, KindContext<M> context) {}

  /** When time alone opens or closes something next; null if it doesn't as things stand. */
  public Instant nextAt(List<Rule> rules, KindContext<M> context) {
    return null;
  }

  /** Does what {@link #nextAt} has announced for this moment, if anything. */
  public void onTime(List<Rule> rules, Instant now, KindContext<M> context) {}

  /** When an episode ends by time alone; null if it doesn't. */
  public Instant closesAt(Episode episode, Subject subject) {
    return null;
  }

  /** What a trigger of the episode rests on. */
  public abstract Evidence evidence(
      Rule rule, Episode episode, KindContext<M> context, Instant now);

  /** What a fire was about, to be remembered for exits that are compared by it. */
  public List<String> items(Rule rule, Episode episode, Subject subject) {
    return List.of();
  }
}
