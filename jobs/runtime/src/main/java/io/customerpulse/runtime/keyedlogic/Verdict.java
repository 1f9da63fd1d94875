package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.List;

/**
 * What was decided about one key.
 *
 * @param next the state from now on; null to forget the key
 * @param outputs in the order in which they are sent
 * @param wakeAt when time alone has something to decide next, replacing every earlier wake; null
 *     for never. A key that is forgotten is not woken.
 */
public record Verdict<S, O>(S next, List<O> outputs, Instant wakeAt) {}
