package io.customerpulse.domain.rule;

import java.io.Serializable;
import java.time.Duration;

/**
 * At most so many fires for one customer in a rolling window.
 *
 * @param count from 1
 * @param per length of the window, which reaches back from the fire: (t − per, t]
 */
public record Cap(int count, Duration per) implements Serializable {}
