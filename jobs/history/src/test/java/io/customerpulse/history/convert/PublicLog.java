package io.customerpulse.history.convert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The public logs that may lie beside the repository, as tracking events. */
public final class PublicLog {
  /** Of the repository, seen from this module. */
  public static final Path ROOT = Path.of("..", "..");

  private PublicLog() {}

  public static Path folder(String log) {
    return ROOT.resolve("../shared/data").resolve(log).toAbsolutePath().normalize();
  }

  public static boolean isHere(String log) {
    return Files.isDirectory(folder(log));
  }

  /** The events, a line each. */
  public static String events(String log) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.list(folder(log))) {
      ConvertCommand.convert(
          ROOT.resolve("config/mappings/" + log + ".yaml"),
          files.filter(file -> file.toString().endsWith(".csv")).sorted().toList(),
          out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
