package io.customerpulse.client.submit;

import io.customerpulse.client.flink.FlinkRest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;

/**
 * Finds from where a job can go on. A JobManager that was killed remembers nothing, so the folders
 * of the checkpoints are looked at as well.
 */
final class LatestState {
  /** Flink writes it last, so a checkpoint that has it is complete. */
  private static final String METADATA = "_metadata";

  private static final String CHECKPOINT_PREFIX = "chk-";

  private final FlinkRest rest;
  private final SubmissionLedger ledger;

  LatestState(FlinkRest rest, SubmissionLedger ledger) {
    this.rest = rest;
    this.ledger = ledger;
  }

  private record Found(long atMillis, String path) {}

  /** The savepoint with which the job was stopped, else its newest checkpoint. */
  Optional<String> find(JobKind job) throws IOException {
    Optional<Submission> last = ledger.latest(job, rest.url().toString());
    if (last.isPresent() && last.get().stoppedWith() != null) {
      return Optional.of(last.get().stoppedWith());
    }
    List<Found> found = new ArrayList<>();
    for (JobStatusMessage known : rest.jobs()) {
      if (known.getJobName().equals(job.flinkName())) {
        found.addAll(atCluster(known.getJobId()));
      }
    }
    for (Submission submission : ledger.all(job)) {
      if (submission.cluster().equals(rest.url().toString()) && submission.checkpoints() != null) {
        found.addAll(inFolder(submission));
      }
    }
    return found.stream().max(Comparator.comparingLong(Found::atMillis)).map(Found::path);
  }

  private List<Found> atCluster(JobID job) {
    return rest.latestCompleted(job)
        .filter(checkpoint -> checkpoint.getExternalPath() != null)
        .map(checkpoint -> List.of(new Found(millis(checkpoint), checkpoint.getExternalPath())))
        .orElse(List.of());
  }

  private static long millis(CompletedCheckpointStatistics checkpoint) {
    return Math.max(checkpoint.getLatestAckTimestamp(), checkpoint.getTriggerTimestamp());
  }

  private static List<Found> inFolder(Submission submission) throws IOException {
    Path folder = new Path(new Path(URI.create(submission.checkpoints())), submission.jobId());
    List<Found> found = new ArrayList<>();
    try {
      FileSystem files = folder.getFileSystem();
      if (!files.exists(folder)) {
        return found;
      }
      for (FileStatus checkpoint : files.listStatus(folder)) {
        Path metadata = new Path(checkpoint.getPath(), METADATA);
        if (checkpoint.getPath().getName().startsWith(CHECKPOINT_PREFIX)
            && files.exists(metadata)) {
          found.add(
              new Found(
                  files.getFileStatus(metadata).getModificationTime(),
                  checkpoint.getPath().toString()));
        }
      }
    } catch (UnsupportedFileSystemSchemeException e) {
      // On a file system that only the cluster reaches: it must tell by itself.
    } catch (FileNotFoundException e) {
      // Gone between two looks: a newer one has taken its place.
    }
    return found;
  }
}
