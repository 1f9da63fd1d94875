package io.customerpulse.history.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.CustomerPulseCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, whose end is not its choice. */
@Timeout(120)
class ConvertProcessTest {
  /** More than a pipe holds. */
  private static final int ROWS = 20_000;

  @TempDir private Path folder;

  /** In the middle of it: much more is to be written than was read. */
  @Test
  void whoIsKilledLeavesWholeLines() throws Exception {
    Process process = start("t,u\n" + rows());
    String written;
    try (InputStream out = process.getInputStream()) {
      int first = out.read();
      // Process.destroyForcibly would close what is still to be read.
      process.toHandle().destroyForcibly();
      process.waitFor();
      written = (char) first + new String(out.readAllBytes(), UTF_8);
    }

    assertThat(written).endsWith("}\n");
    for (String line : written.lines().toList()) {
      assertThat(new JsonMapper().readTree(line).get("type").asText()).isEqualTo("browse");
    }
  }

  @Test
  void aReaderWhoGoesEndsIt() throws Exception {
    Process process = start("t,u\n" + rows());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).startsWith("{").endsWith("}");
    }
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(errors()).contains("scripts/convert failed: standard output: Broken pipe");
  }

  @Test
  void isAFailureWhereNoRowBecomesAnEvent() throws Exception {
    Process process = start("t,u\nnow,u1\n");

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(errors())
        .contains("1 rows became 0 events", "0 rows ignored by the mapping, 1 refused")
        .endsWith("Not one row became an event.\n");
  }

  private Process start(String csv) throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            event:
              app_id: shop
              event_time: {column: t, format: epoch_seconds}
              user_id: {column: u}
            rows:
              otherwise: {type: browse}
            """);
    Path input = Files.writeString(folder.resolve("input.csv"), csv);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CustomerPulseCommand.class.getName(),
            "convert",
            "--mapping",
            mapping.toString(),
            input.toString())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private static String rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> (1_700_000_000 + i) + ",user-" + "x".repeat(i % 97) + "\n")
        .collect(Collectors.joining());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }
}
