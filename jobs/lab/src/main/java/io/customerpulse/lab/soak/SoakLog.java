package io.customerpulse.lab.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Each line with the time since the beginning, on the console and in a file. */
final class SoakLog implements AutoCloseable {
  private final PrintWriter console;
  private final PrintWriter file;
  private final long beginNanos = System.nanoTime();

  SoakLog(PrintWriter console, Path file) throws IOException {
    this.console = console;
    this.file =
        new PrintWriter(
            Files.newBufferedWriter(file, StandardCharsets.UTF_8), /* autoFlush= */ true);
  }

  void say(String format, Object... values) {
    Duration since = Duration.ofNanos(System.nanoTime() - beginNanos);
    String line =
        String.format(Locale.ROOT, "%02d:%02d  ", since.toMinutes(), since.toSecondsPart())
            + String.format(Locale.ROOT, format, values);
    console.println(line);
    console.flush();
    file.println(line);
  }

  @Override
  public void close() {
    file.close();
  }
}
