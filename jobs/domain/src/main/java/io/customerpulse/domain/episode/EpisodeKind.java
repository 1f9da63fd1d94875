package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;

/** What one kind of rule watches: when its episodes open, are refreshed and close. */
interface EpisodeKind {

  /** Whether an event can mean anything to this kind; if not, its rules are not gone through. */
  boolean concerns(CustomerChange change);

  /** Opens, refreshes and closes episodes after an event that concerns this kind. */
  void onEvent(List<Rule> rules, CustomerChange change, Subject subject, Episodes episodes);

  /** Opens and closes episodes after a change of stage. */
  default void onStage(List<Rule> rules, StageMove move, Subject subject, Episodes episodes) {}

  /** When time alone opens or closes something next; null if it doesn't as things stand. */
  default Instant nextAt(List<Rule> rules, Subject subject, Episodes episodes) {
    return null;
  }

  /** Does what {@link #nextAt} has announced for this moment, if anything. */
  default void onTime(List<Rule> rules, Instant now, Subject subject, Episodes episodes) {}

  /** When an episode ends by time alone; null if it doesn't. */
  default Instant closesAt(Episode episode, Subject subject) {
    return null;
  }

  /** What a trigger of the episode rests on. */
  Evidence evidence(Rule rule, Episode episode, Subject subject, Instant now);

  /** What a fire was about, to be remembered for exits that are compared by it. */
  default List<String> items(Rule rule, Episode episode, Subject subject) {
    return List.of();
  }
}
