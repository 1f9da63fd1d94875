package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.List;

/** What one kind of rule watches: when its episodes open, are refreshed and close. */
interface EpisodeKind {

  /** Opens, refreshes and closes episodes of a rule after an event. */
  void onEvent(Rule rule, CustomerChange change, Subject subject, Episodes episodes);

  /** When time alone opens the next episode of a rule; null if it doesn't as things stand. */
  default Instant opensAt(Rule rule, Subject subject, Episodes episodes) {
    return null;
  }

  /** Opens the episode that {@link #opensAt} has announced for this moment. */
  default void open(Rule rule, Instant now, Subject subject, Episodes episodes) {}

  /** What a trigger of the episode rests on. */
  Evidence evidence(Episode episode, Subject subject, Instant now);

  /** SKUs to remember of a fire, for orders that are compared by them. */
  default List<String> skuIds(Rule rule, Episode episode, Subject subject) {
    return List.of();
  }
}
