package io.customerpulse.lab.live;

import io.customerpulse.lab.live.JobWatch.Mark;
import java.util.List;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;

/** What is seen of the job from the moment this is made until it is ended. */
final class Measurement {
  private final JobWatch watch;
  private final TriggerTimes times;
  private final long beginMillis = System.currentTimeMillis();
  private final Mark begin;

  Measurement(JobWatch watch, TriggerTimes times) {
    this.watch = watch;
    this.times = times;
    times.begin();
    begin = watch.mark();
  }

  /**
   * Ends it.
   *
   * @param prefix of the keys
   * @return the processor time of an event, in microseconds
   */
  double end(String prefix, LiveReport report) {
    Mark end = watch.mark();
    double micros = end.microsPerRecordSince(begin);
    report.add(prefix + "cpu_micros_per_event", micros, "µs");
    report.add(prefix + "events_per_second", end.recordsPerSecondSince(begin), "events/s");
    addTimes(prefix + "due_to_decided", times.decided(), report);
    addTimes(prefix + "due_to_readable", times.readable(), report);
    report.add(prefix + "triggers", times.readable().count(), "in the time measured");
    report.add(prefix + "cache_hit_rate", end.customers().hitRateSince(begin.customers()), "");
    report.add(prefix + "waiting_events", watch.waiting(), "events");
    report.add(prefix + "waiting_bytes", watch.waitingBytes(), "B");
    addCheckpoints(prefix, watch.checkpointsSince(beginMillis), report);
    return micros;
  }

  private static void addTimes(String key, LatencyHistogram times, LiveReport report) {
    report.add(key + "_p50_ms", times.quantile(0.5), "ms");
    report.add(key + "_p99_ms", times.quantile(0.99), "ms");
  }

  private static void addCheckpoints(
      String prefix, List<CompletedCheckpointStatistics> checkpoints, LiveReport report) {
    LatencyHistogram millis = new LatencyHistogram();
    checkpoints.forEach(checkpoint -> millis.add(checkpoint.getDuration()));
    report.add(prefix + "checkpoints", checkpoints.size(), "in the time measured");
    report.add(prefix + "checkpoint_p50_ms", millis.quantile(0.5), "ms");
    report.add(prefix + "checkpoint_max_ms", millis.quantile(1), "ms");
    report.add(
        prefix + "checkpoint_bytes",
        checkpoints.stream()
            .mapToDouble(CompletedCheckpointStatistics::getCheckpointedSize)
            .average(),
        "B, on average");
    report.add(
        prefix + "state_bytes",
        checkpoints.stream().mapToDouble(CompletedCheckpointStatistics::getStateSize).max(),
        "B");
  }
}
