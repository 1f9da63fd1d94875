package io.customerpulse.analytics.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.history.replay.ReplayCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The same events give the same bytes wherever the JVM believes itself to be. */
class LocalesTest {
  @TempDir private static Path folder;

  private static Map<String, String> expected;

  @BeforeAll
  static void replayAsEver() throws IOException {
    KnownShop.replay(folder);
    expected = outputs(folder.resolve("out"));
  }

  /** As on a cluster of somebody else, who has told its JVMs nothing or something else. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "tr-TR"})
  void theProductSaysItsLocaleItself(String tag) throws IOException {
    Locale before = Locale.getDefault();
    StringWriter said = new StringWriter();
    Path out = folder.resolve("out-" + tag);
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      int exitCode =
          new CommandLine(new ReplayCommand())
              .setOut(new PrintWriter(said))
              .setErr(new PrintWriter(said))
              .execute(arguments(out).toArray(String[]::new));
      assertThat(exitCode).as(said.toString()).isZero();
    } finally {
      Locale.setDefault(before);
    }
    assertThat(outputs(out)).isEqualTo(expected);
  }

  /** Tables are the libraries' matter: Paimon writes the lengths of its types with these digits. */
  @Test
  void aProcessWithOtherDigitsFillsTablesAndAnswersFromThem() throws Exception {
    Path out = folder.resolve("out-process");
    Path warehouse = folder.resolve("warehouse-process");
    List<String> arguments = new ArrayList<>(List.of("replay"));
    arguments.addAll(arguments(out));
    arguments.addAll(List.of("--tables", warehouse.toString()));
    run("ar", "EG", arguments);
    assertThat(outputs(out)).isEqualTo(expected);

    assertThat(
            run(
                "fa",
                "IR",
                List.of(
                    "query",
                    "--warehouse",
                    warehouse.toString(),
                    "--format",
                    "csv",
                    "SELECT order_id, amount_minor FROM orders WHERE order_id = 'o1'")))
        .isEqualTo("order_id,amount_minor\no1,3000\n");
  }

  private static List<String> arguments(Path out) {
    return List.of(
        "--input",
        folder.resolve("events.jsonl").toString(),
        "--config",
        folder.resolve("config.yaml").toString(),
        "--rules",
        folder.resolve("rules.yaml").toString(),
        "--as-of",
        KnownShop.AS_OF,
        "--parallelism",
        "1",
        "--out",
        out.toString());
  }

  private static String run(String language, String country, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx640m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder));
    command.addAll(List.of("-Duser.language=" + language, "-Duser.country=" + country));
    command.add("-Dcustomerpulse.home=" + Path.of("../..").toRealPath());
    for (String opened : List.of("lang", "net", "io", "nio", "util", "util.concurrent", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CustomerPulseCommand.class.getName());
    command.addAll(arguments);
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return said;
  }

  /** Name → content of each file, but for the time that the run took. */
  private static Map<String, String> outputs(Path out) throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        outputs.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    JsonMapper json = new JsonMapper();
    ObjectNode summary = (ObjectNode) json.readTree(outputs.get("summary.json"));
    summary.remove("seconds");
    outputs.put("summary.json", summary.toString());
    return outputs;
  }
}
