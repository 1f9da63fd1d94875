package io.customerpulse.history.replay;

import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.runtime.lock.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Where a bootstrap leaves its savepoint. All that it needs on disk stands in a folder of its own
 * inside it meanwhile, which goes when it ends, however it ends.
 */
final class SavepointFolder {
  private static final String WORK_PREFIX = ".bootstrap-";
  private static final String LOCK = ".bootstrap-lock";

  /** Flink's name for what makes a folder a savepoint. */
  private static final String METADATA = "_metadata";

  private final Path folder;
  private RunLock lock;
  private Path work;

  SavepointFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path path() {
    return folder;
  }

  /** Reports what speaks against writing here: nothing is ever replaced. */
  void check(Problems problems) {
    if (!Files.exists(folder)) {
      Path parent = folder.getParent();
      while (!Files.exists(parent)) {
        parent = parent.getParent();
      }
      if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
        report(problems, "cannot be made: " + parent + " is no directory that can be written to");
      }
    } else if (!Files.isDirectory(folder)) {
      report(problems, "is not a directory");
    } else if (!Files.isWritable(folder)) {
      report(problems, "cannot be written to");
    } else {
      try {
        names().stream()
            .filter(name -> !name.startsWith(WORK_PREFIX))
            .sorted()
            .findFirst()
            .ifPresent(
                name ->
                    report(
                        problems,
                        "isn't empty, it has " + name + "; allowed: a new or empty directory"));
      } catch (IOException e) {
        report(problems, "cannot be read: " + e.getMessage());
      }
    }
  }

  /**
   * Makes the folder, and in it one to work in; what a killed bootstrap left there is removed.
   *
   * @throws io.customerpulse.runtime.lock.NotReadyException if another bootstrap writes here
   */
  Path begin() throws IOException {
    lock =
        RunLock.take(
            folder.resolve(LOCK),
            "--out " + folder,
            RunLock.owner(Installation.command("bootstrap")));
    for (String name : names()) {
      if (name.startsWith(WORK_PREFIX) && !name.equals(LOCK)) {
        FileUtils.deleteDirectory(folder.resolve(name).toFile());
      }
    }
    work = Files.createTempDirectory(folder, WORK_PREFIX);
    return work;
  }

  /** Moves a savepoint to its place, what makes it one last. */
  void publish(Path savepoint) throws IOException {
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals(METADATA)) {
          Files.move(file, folder.resolve(file.getFileName()));
        }
      }
    }
    Files.move(savepoint.resolve(METADATA), folder.resolve(METADATA));
  }

  /** The size of the savepoint. */
  long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /** Removes everything that isn't the savepoint, and the folder if there is none. */
  void clear() {
    if (work == null) {
      return;
    }
    try {
      FileUtils.deleteDirectory(work.toFile());
      if (!Files.exists(folder.resolve(METADATA))) {
        FileUtils.deleteDirectory(folder.toFile());
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private void report(Problems problems, String message) {
    problems.add(new Problem(folder.toString(), 0, "--out", null, message));
  }
}
