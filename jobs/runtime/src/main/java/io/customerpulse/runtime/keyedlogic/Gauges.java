package io.customerpulse.runtime.keyedlogic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one subtask of a keyed-logic operator knows of itself. Written by its task, read by whoever
 * watches.
 *
 * <p>Totals are sums over the states of all its keys. They stand in checkpoints, each under its
 * name; when a job is made wider or narrower they are handed out anew, and only the sum over all
 * subtasks means something.
 */
public final class Gauges {
  private static final char SEPARATOR = '=';

  /** As many as emitters name: a handful. */
  private final Map<String, AtomicLong> totals = new ConcurrentHashMap<>();

  private volatile long watermarkMillis = Long.MIN_VALUE;
  private volatile long waiting;
  private volatile long waitingHeapBytes;

  Gauges() {}

  /** The total of a name, to be changed by the task alone. */
  public AtomicLong total(String name) {
    return totals.computeIfAbsent(name, unused -> new AtomicLong());
  }

  /** Epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
  public long watermarkMillis() {
    return watermarkMillis;
  }

  void passed(long millis) {
    watermarkMillis = millis;
  }

  /** Elements that wait for the watermark. */
  public long waiting() {
    return waiting;
  }

  /** Bytes of the heap that those take which are not in the state backend. */
  public long waitingHeapBytes() {
    return waitingHeapBytes;
  }

  void waiting(long elements, long heapBytes) {
    waiting = elements;
    waitingHeapBytes = heapBytes;
  }

  List<String> kept() {
    List<String> kept = new ArrayList<>();
    totals.forEach((name, total) -> kept.add(name + SEPARATOR + total.get()));
    return kept;
  }

  void restore(String kept) {
    int separator = kept.indexOf(SEPARATOR);
    total(kept.substring(0, separator)).addAndGet(Long.parseLong(kept.substring(separator + 1)));
  }
}
