package io.customerpulse.lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Savepoints of jobs between real topics, as releases have written them: what topology tests can't
 * have, the state of sources and sinks. Their folders say {@code JOB-VERSION-FORMAT-PARALLELISM}.
 *
 * <p>Tests that run with {@code -Dsavepoints.write=true} write those of this release, in place of
 * those of the same name, and leave older ones as they are: they are restored here for good.
 */
public final class ReleasedSavepoints {
  /** At which they are taken. */
  public static final int PARALLELISM = 2;

  private static final Path FOLDER = Path.of("src/test/resources/savepoints");

  /** The release whose savepoints are written. */
  private static final String VERSION = "0.1.0";

  private ReleasedSavepoints() {}

  public static boolean areToBeWritten() {
    return Boolean.getBoolean("savepoints.write");
  }

  /**
   * For a job whose savepoint is to be kept: no state stands in it under a path of this machine.
   */
  public static Configuration inOneFile() {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
    return configuration;
  }

  /** All that releases have written of a job, each with a lower and a higher parallelism. */
  public static Stream<Arguments> narrowerAndWider(String job) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all
          .filter(path -> path.getFileName().toString().startsWith(job + '-'))
          .sorted()
          .flatMap(
              path ->
                  Stream.of(
                      Arguments.of(path, PARALLELISM - 1), Arguments.of(path, PARALLELISM + 1)))
          .toList()
          .stream();
    }
  }

  /** Keeps one for the releases to come. */
  public static void keep(Path savepoint, String job) throws IOException {
    Path kept =
        FOLDER.resolve(String.format(Locale.ROOT, "%s-%s-canonical-%d", job, VERSION, PARALLELISM));
    FileUtils.deleteDirectory(kept.toFile());
    Files.createDirectories(kept);
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.toList()) {
        Files.copy(file, kept.resolve(file.getFileName()));
      }
    }
  }
}
