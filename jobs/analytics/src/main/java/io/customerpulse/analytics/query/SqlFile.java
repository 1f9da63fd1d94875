package io.customerpulse.analytics.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement of {@code config/sql}: comment lines that say in an analyst's words what it tells,
 * then the statement.
 *
 * @param name of the file, without what orders it and without its ending
 */
record SqlFile(String name, String comment, String sql) {
  private static final String ENDING = ".sql";
  private static final String COMMENT = "--";

  /** The files of a folder by name; views that rest on others have the higher number. */
  static List<SqlFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(SqlFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be read: " + e.getMessage(), e);
    }
  }

  static SqlFile read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String comment =
          lines.stream()
              .takeWhile(line -> line.startsWith(COMMENT))
              .map(line -> line.substring(COMMENT.length()).strip())
              .collect(Collectors.joining(" "));
      String sql =
          lines.stream()
              .dropWhile(line -> line.startsWith(COMMENT))
              .collect(Collectors.joining("\n"));
      return new SqlFile(nameOf(file), comment, sql.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length()).replaceFirst("^\\d+-", "");
  }
}
