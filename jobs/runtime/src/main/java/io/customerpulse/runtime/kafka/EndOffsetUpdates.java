package io.customerpulse.runtime.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands the newest readings from the watching thread to the task thread and wakes it. Neither ever
 * waits for the other; readings that were not taken are replaced.
 */
final class EndOffsetUpdates {
  private final AtomicReference<List<EndReading>> readings = new AtomicReference<>(List.of());
  private volatile CompletableFuture<Void> wakeUp = new CompletableFuture<>();

  /** Done when there is something to take. Spurious completions happen. */
  CompletableFuture<Void> wakeUp() {
    return wakeUp;
  }

  void put(List<EndReading> newest) {
    readings.set(newest);
    wake();
  }

  /** Makes the task thread come by. */
  void wake() {
    wakeUp.complete(null);
  }

  /** The task thread's side: the newest readings, or none. */
  List<EndReading> take() {
    // The future is renewed first: what is put between the two lines is taken now, and again wakes.
    wakeUp = new CompletableFuture<>();
    return readings.getAndSet(List.of());
  }

  /**
   * A split that has emitted everything below a position has read all that the broker had at an
   * instant.
   *
   * @param wallMillis the instant, taken before the broker was asked
   */
  record EndReading(SplitProgress split, long wallMillis, long neededPosition) {}
}
