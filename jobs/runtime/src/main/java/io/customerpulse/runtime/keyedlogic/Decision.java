package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.List;

/**
 * What was decided about one key.
 *
 * @param <S> the state of one key, immutable
 * @param <E> what is to be sent on, or counted
 * @param next the state from now on; null to forget the key
 * @param effects in the order in which they are sent
 * @param nextTimer when time alone has something to decide next, replacing every earlier timer;
 *     null for never. A key that is forgotten has none.
 */
public record Decision<S, E>(S next, List<E> effects, Instant nextTimer) {}
