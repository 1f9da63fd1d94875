package io.customerpulse.history.replay;

import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.runtime.lock.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Where a replay leaves its files. They are written in a folder of their own inside it, together
 * with everything else that a run needs on disk, and moved to their place when all is done: whoever
 * looks never sees half a result, and a replay that fails leaves the earlier one as it was.
 */
final class OutputFolder {
  static final String SUMMARY = "summary.json";
  private static final String WORK_PREFIX = ".replay-";
  private static final String LOCK = ".replay-lock";

  private final Path folder;
  private RunLock lock;
  private Path work;

  OutputFolder(Path folder) {
    this.folder = folder;
  }

  /** Reports what speaks against writing here. Other things than earlier outputs are protected. */
  void check(Problems problems) {
    if (!Files.exists(folder)) {
      Path parent = nearestExisting(folder.toAbsolutePath().normalize());
      if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
        report(problems, "cannot be made: " + parent + " is no directory that can be written to");
      }
      return;
    }
    if (!Files.isDirectory(folder)) {
      report(problems, "is not a directory");
      return;
    }
    if (!Files.isWritable(folder)) {
      report(problems, "cannot be written to");
      return;
    }
    try {
      List<String> foreign =
          names().stream()
              .filter(name -> !isOwn(name) && !name.startsWith(WORK_PREFIX))
              .sorted()
              .toList();
      if (!foreign.isEmpty()) {
        report(
            problems,
            "holds other things than the outputs of a replay, such as "
                + foreign.get(0)
                + "; allowed: a new or empty directory, or one with an earlier replay's outputs");
      }
    } catch (IOException e) {
      report(problems, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Makes the folder, and in it one to work in; what a killed replay left there is removed.
   *
   * @throws io.customerpulse.runtime.lock.NotReadyException if another replay writes here
   */
  Path begin() throws IOException {
    lock =
        RunLock.take(
            folder.resolve(LOCK), "--out " + folder, RunLock.owner(Installation.command("replay")));
    for (String name : names()) {
      if (name.startsWith(WORK_PREFIX) && !name.equals(LOCK)) {
        FileUtils.deleteDirectory(folder.resolve(name).toFile());
      }
    }
    work = Files.createTempDirectory(folder, WORK_PREFIX);
    return work;
  }

  /** Where an output is written before it is published. */
  static Path draft(Path work, String name) {
    return work.resolve(name);
  }

  /** Moves the outputs to their place, the summary last: without one a folder isn't whole. */
  void publish() throws IOException {
    Files.deleteIfExists(folder.resolve(SUMMARY));
    for (String name : outputNames()) {
      Files.move(draft(work, name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes everything that isn't an output, and leaves the folder to others. */
  void clear() {
    try {
      if (work != null) {
        FileUtils.deleteDirectory(work.toFile());
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static boolean isOwn(String name) {
    return outputNames().contains(name);
  }

  private static List<String> outputNames() {
    List<String> names =
        new ArrayList<>(Arrays.stream(OutputFile.values()).map(OutputFile::fileName).toList());
    names.add(SUMMARY);
    return names;
  }

  private static Path nearestExisting(Path path) {
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }

  private void report(Problems problems, String message) {
    problems.add(new Problem(folder.toString(), 0, "--out", null, message));
  }
}
