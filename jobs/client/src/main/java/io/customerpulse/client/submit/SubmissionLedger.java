package io.customerpulse.client.submit;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Remembers what was submitted from here, job by job: the last {@value #KEPT} submissions, each
 * with its jar, settings and rules.
 */
public final class SubmissionLedger {
  private static final int KEPT = 5;
  private static final String RECORD = "submission.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path root;

  /**
   * A ledger.
   *
   * @param root a folder, made when it is first needed
   */
  public SubmissionLedger(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Copies of what a request names, before it is submitted: the originals may change. */
  JobRequest keep(JobRequest request) throws IOException {
    Path folder = next(request.job());
    Files.createDirectories(folder);
    Path jar = folder.resolve("jobs.jar");
    Files.copy(request.jar(), jar);
    Path config = null;
    if (request.config() != null) {
      config = folder.resolve("config.yaml");
      Files.copy(request.config(), config);
    }
    Path rules = null;
    if (request.rules() != null) {
      rules = folder.resolve(Files.isDirectory(request.rules()) ? "rules" : "rules.yaml");
      copy(request.rules(), rules);
    }
    return new JobRequest(request.job(), jar, config, rules, request.parallelism(), request.from());
  }

  /** Forgets what was kept of a request that came to nothing. */
  void discard(JobRequest kept) throws IOException {
    FileUtils.deleteDirectory(kept.jar().getParent().toFile());
  }

  void record(Submission submission) throws IOException {
    Path folder = Path.of(submission.jar()).getParent();
    Path draft = folder.resolve(RECORD + ".draft");
    JSON.writeValue(draft.toFile(), submission);
    Files.move(draft, folder.resolve(RECORD), StandardCopyOption.REPLACE_EXISTING);
    List<Path> all = folders(submission.job());
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      FileUtils.deleteDirectory(old.toFile());
    }
  }

  /** The last first. */
  List<Submission> all(JobKind job) throws IOException {
    return folders(job).stream()
        .sorted(Comparator.reverseOrder())
        .map(folder -> folder.resolve(RECORD))
        .filter(Files::exists)
        .map(SubmissionLedger::read)
        .toList();
  }

  /** What was submitted last to a cluster. */
  public Optional<Submission> latest(JobKind job, String cluster) throws IOException {
    return all(job).stream().filter(submission -> submission.cluster().equals(cluster)).findFirst();
  }

  private static Submission read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Submission.class);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /** Numbered, so that their names are in the order of the submissions. */
  private Path next(JobKind job) throws IOException {
    List<Path> all = folders(job);
    int last =
        all.isEmpty() ? 0 : Integer.parseInt(all.get(all.size() - 1).getFileName().toString());
    return root.resolve(job.commandName()).resolve(String.format(Locale.ROOT, "%06d", last + 1));
  }

  private List<Path> folders(JobKind job) throws IOException {
    Path folder = root.resolve(job.commandName());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().matches("\\d{6}")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, from.equals(path) ? to : target);
        }
      }
    }
  }
}
