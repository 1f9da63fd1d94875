package io.customerpulse.runtime.kafka;

import java.io.Serializable;

/**
 * Where an element stands in event time.
 *
 * @param <T> what a record was read as
 */
@FunctionalInterface
public interface EventTimeExtractor<T> extends Serializable {
  /** Says that an element stands nowhere: it moves no watermark. */
  long NO_EVENT_TIME = Long.MIN_VALUE;

  /** Milliseconds since the epoch, or {@link #NO_EVENT_TIME}. */
  long eventTimeMillis(T element);
}
