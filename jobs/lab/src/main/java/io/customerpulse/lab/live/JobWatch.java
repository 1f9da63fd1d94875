package io.customerpulse.lab.live;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.client.flink.FlinkMetrics;
import io.customerpulse.lab.capacity.TrialCluster;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;

/** One job on a cluster, by its metrics and by what its TaskManager takes of the processors. */
final class JobWatch {
  /**
   * A JobManager answers with what it had when it was last asked, and asks itself at most so often:
   * whoever looks every second sees figures that are a second or two old.
   */
  static final Duration METRICS_EVERY = Duration.ofSeconds(1);

  /** Of Flink's source, by the name that both jobs give it. */
  private static final String READ = "Read_tracking_events.numRecordsIn";

  private static final String PENDING = "pendingRecords";

  private final TrialCluster cluster;
  private final JobID job;

  JobWatch(TrialCluster cluster, JobID job) {
    this.cluster = cluster;
    this.job = job;
  }

  /** Whether all of its tasks do. */
  boolean isRunning() {
    return cluster.rest().details(job).getJobVertexInfos().stream()
        .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
  }

  void cancel() {
    cluster.rest().cancel(job);
  }

  boolean hasEnded() {
    return cluster.rest().status(job).isTerminalState();
  }

  /** Those that were begun since then and are complete, as far as the cluster remembers. */
  List<CompletedCheckpointStatistics> checkpointsSince(long millis) {
    return cluster.rest().checkpoints(job).getHistory().stream()
        .filter(CompletedCheckpointStatistics.class::isInstance)
        .map(CompletedCheckpointStatistics.class::cast)
        .filter(checkpoint -> checkpoint.getTriggerTimestamp() >= millis)
        .toList();
  }

  /**
   * A moment.
   *
   * @param read records since the job's start
   * @param processor time that the TaskManager has had since its own
   */
  record Mark(long nanos, double read, Duration processor, Lookups customers) {
    /** Microseconds of processor time for each record since then. */
    double microsPerRecordSince(Mark begin) {
      return processor.minus(begin.processor).toNanos() / 1e3 / (read - begin.read);
    }

    double recordsPerSecondSince(Mark begin) {
      return (read - begin.read) * 1e9 / (nanos - begin.nanos);
    }
  }

  /**
   * What one operator has looked for in its cache; empty where a job has no such operator.
   *
   * @param misses states that had to be read
   * @param hits those that hadn't
   */
  record Lookups(OptionalDouble misses, OptionalDouble hits) {
    /** The share of hits since then; empty where it isn't known. */
    OptionalDouble hitRateSince(Lookups begin) {
      if (misses.isEmpty() || hits.isEmpty() || begin.misses.isEmpty() || begin.hits.isEmpty()) {
        return OptionalDouble.empty();
      }
      double missed = misses.getAsDouble() - begin.misses.getAsDouble();
      double hit = hits.getAsDouble() - begin.hits.getAsDouble();
      return hit + missed > 0 ? OptionalDouble.of(hit / (hit + missed)) : OptionalDouble.empty();
    }
  }

  Mark mark() {
    FlinkMetrics metrics = metrics();
    return new Mark(
        System.nanoTime(),
        metrics.sum(READ),
        cluster.processorTime(),
        lookups(metrics, Uids.DECIDE_CUSTOMERS));
  }

  private static Lookups lookups(FlinkMetrics metrics, String operator) {
    return new Lookups(
        metrics.sumIfAny(operator + '.' + Metric.CACHE_MISSES.wireName()),
        metrics.sumIfAny(operator + '.' + Metric.CACHE_HITS.wireName()));
  }

  double read() {
    return metrics().sum(READ);
  }

  /** Records on the topic that it hasn't read. */
  double pending() {
    return metrics().sum(PENDING);
  }

  /** Events that have been read and wait for the watermark; empty where nobody counts them. */
  OptionalDouble waiting() {
    return metrics().sumIfAny('.' + Metric.WAITING_EVENTS.wireName());
  }

  /** What those take; empty where nobody counts it. */
  OptionalDouble waitingBytes() {
    return metrics().sumIfAny('.' + Metric.WAITING_HEAP_BYTES.wireName());
  }

  private FlinkMetrics metrics() {
    return cluster.rest().metrics(job);
  }
}
