package io.customerpulse.domain;

import java.time.Instant;
import java.util.List;

/**
 * Everything that an event, a timer or a merge does to one aggregate: decided here, applied by the
 * caller.
 *
 * @param <S> the aggregate's state, immutable
 * @param <E> what is to be told to the world, or counted
 * @param next the state from now on; null where nothing is left to remember
 * @param effects in the order in which they came about
 * @param nextTimer when time alone has something to decide next, in place of what was said before;
 *     null for never
 */
public record Decision<S, E>(S next, List<E> effects, Instant nextTimer) {

  /**
   * The three parts of a decision in the form in which somebody else wants them.
   *
   * @param <R> that form
   */
  @FunctionalInterface
  public interface Form<S, E, R> {
    R of(S next, List<E> effects, Instant nextTimer);
  }

  /** This decision in the form of whoever applies it. */
  public <R> R as(Form<S, E, R> form) {
    return form.of(next, effects, nextTimer);
  }
}
