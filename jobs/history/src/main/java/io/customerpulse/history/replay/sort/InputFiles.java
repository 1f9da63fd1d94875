package io.customerpulse.history.replay.sort;

import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files that a person means by naming files and directories: of a directory all files below it,
 * by name, but for hidden ones. A file that is named twice is read once.
 */
public final class InputFiles {

  private InputFiles() {}

  /** Finds the files; what can't be read is reported. */
  public static List<Path> find(List<Path> inputs, Problems problems) {
    Map<Path, Path> byPlace = new LinkedHashMap<>();
    for (Path input : inputs) {
      for (Path file : filesOf(input, problems)) {
        if (Files.isReadable(file)) {
          byPlace.putIfAbsent(file.toAbsolutePath().normalize(), file);
        } else {
          report(problems, file, "cannot be read");
        }
      }
    }
    return List.copyOf(byPlace.values());
  }

  private static List<Path> filesOf(Path input, Problems problems) {
    if (Files.isRegularFile(input)) {
      return List.of(input);
    }
    if (!Files.isDirectory(input)) {
      boolean exists = Files.exists(input);
      report(problems, input, exists ? "is neither a file nor a directory" : "does not exist");
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> below = Files.walk(input, FileVisitOption.FOLLOW_LINKS)) {
      below
          .filter(Files::isRegularFile)
          .filter(file -> !isHidden(input.relativize(file)))
          .sorted()
          .forEach(files::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      report(problems, input, "cannot be read: " + e.getMessage());
      return List.of();
    }
    if (files.isEmpty()) {
      report(problems, input, "is a directory without files");
    }
    return files;
  }

  private static boolean isHidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static void report(Problems problems, Path path, String message) {
    problems.add(new Problem(path.toString(), 0, "", null, message));
  }
}
