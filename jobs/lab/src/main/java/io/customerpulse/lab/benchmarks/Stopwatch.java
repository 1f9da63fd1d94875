package io.customerpulse.lab.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the middle of a run: what comes before the JIT has settled, and the draining at the end,
 * are left out. Static, because the operators of the one job in this JVM share it.
 */
final class Stopwatch {
  private static final double BEGIN = 0.4;
  private static final double END = 0.95;

  private static final int BATCHES_BETWEEN_WORDS = 50;

  /** Events are reported in batches, so that counting costs nothing. */
  static final int BATCH = 1_000;

  private static final AtomicLong SEEN = new AtomicLong();
  private static volatile Mark begin;
  private static volatile Mark end;

  private record Mark(long events, long nanos, long cpuNanos) {}

  private Stopwatch() {}

  /** Tells that one more batch of events has been read, of a number in all. */
  static void batchRead(long total) {
    long seen = SEEN.addAndGet(BATCH);
    if (seen % (BATCH * BATCHES_BETWEEN_WORDS) == 0) {
      System.out.println(WorkloadProcess.READ + seen);
    }
    if (begin == null && seen >= total * BEGIN) {
      begin = now(seen);
    } else if (end == null && seen >= total * END) {
      end = now(seen);
    }
  }

  private static Mark now(long events) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Mark(events, System.nanoTime(), system.getProcessCpuTime());
  }

  static Result result() {
    if (begin == null || end == null) {
      throw new IllegalStateException("The run ended before it was measured");
    }
    double events = end.events - begin.events;
    return new Result(
        events * 1e9 / (end.nanos - begin.nanos), (end.cpuNanos - begin.cpuNanos) / 1e3 / events);
  }
}
