package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.lab.simulator.FileTraffic;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same events, however they stand in files and however wide they are replayed, under every
 * policy of silence and with scores by the population.
 */
class ReplayDeterminismTest {
  private static final long SEED = 20_240_301;
  private static final int RECORDS = 12_000;
  private static final RuleSet RULES =
      RuleReader.read(
          "rules.yaml",
          """
          rules:
            - {id: cart-reminder, kind: cart_abandonment, holdout_percent: 10, cap: {count: 3, per: 7d}}
            - {id: big-carts, kind: cart_abandonment, steps: [30m], filter: "cart.value_minor > 20000"}
            - {id: win-back, kind: reactivation, stage: at_risk, inactive_for: 3d, variants: {a: 50, b: 50}}
          """);

  @TempDir private static Path clusterFolder;
  private static ReplayRunner runner;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    runner = ReplayRunner.start(4, DeploymentSettingsReader.defaults(), clusterFolder);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    runner.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "cadence", "probability"})
  void sameOutputsAtAnyParallelismAndInAnyOrderOfLines(String policy) throws Exception {
    DeploymentSettings settings =
        new DeploymentSettingsReader(variable -> null)
            .read("test", "lifecycle: {policy: " + policy + "}");
    Path whole = folder.resolve("events.jsonl");
    Proportions proportions = new Proportions(0.03, 0.02, 0.03, 0.01, 0.02, 0.01);
    SimulatorSettings shop =
        SimulatorSettings.builder()
            .seed(SEED)
            .customers(250)
            .spanning(Duration.ofDays(80), RECORDS)
            .proportions(proportions)
            .build();
    new FileTraffic(new Simulator(shop), 1).write(whole, 0, RECORDS);

    ReplaySummary first = replay(List.of(whole), "one-by-one", settings, 1);
    replay(shuffled(Files.readAllBytes(whole)), "shuffled", settings, 4);

    assertThat(first.read()).isEqualTo(RECORDS);
    assertThat(first.triggers().values()).isNotEmpty().allMatch(counts -> counts.fired() > 0);
    Map<String, List<String>> expected = outputs("one-by-one");
    assertThat(expected.values().stream().filter(List::isEmpty)).as("redirects alone").hasSize(1);
    assertThat(expected.get(OutputFile.LIFECYCLE_TRANSITIONS.fileName()))
        .as("stages by time alone")
        .anyMatch(line -> line.contains("\"silence\""));
    assertThat(expected.get(OutputFile.CUSTOMER_PROFILES.fileName()))
        .as("scored by the population")
        .anyMatch(line -> line.contains("\"cuts_version\":\"20"));
    assertThat(outputs("shuffled")).as("seed %d, shuffled, in 4", SEED).isEqualTo(expected);
  }

  private ReplaySummary replay(
      List<Path> inputs, String out, DeploymentSettings settings, int parallelism)
      throws IOException, InterruptedException {
    return runner.replay(inputs, folder.resolve(out), null, settings, RULES, parallelism);
  }

  /** The lines anew, over a plain and a gzipped file. */
  private List<Path> shuffled(byte[] bytes) throws IOException {
    // Broken lines aren't always UTF-8; Latin-1 keeps every byte as it is.
    List<String> lines =
        new ArrayList<>(new String(bytes, StandardCharsets.ISO_8859_1).lines().toList());
    Collections.shuffle(lines, new Random(SEED));
    Path plain = folder.resolve("a.jsonl");
    Path packed = folder.resolve("b.jsonl.gz");
    int half = lines.size() / 2;
    Files.write(plain, bytes(lines.subList(0, half)));
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(bytes(lines.subList(half, lines.size())));
    }
    return List.of(packed, plain);
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private Map<String, List<String>> outputs(String out) throws IOException {
    Map<String, List<String>> outputs = new TreeMap<>();
    for (OutputFile file : OutputFile.values()) {
      outputs.put(
          file.fileName(),
          ReplayRunner.lines(folder.resolve(out), file).stream()
              .map(line -> withoutPlace(file, line))
              .sorted(Comparator.naturalOrder())
              .toList());
    }
    return outputs;
  }

  /** Where a line stood in the input is all that may differ. */
  private static String withoutPlace(OutputFile file, JsonNode line) {
    return file == OutputFile.DEAD_LETTERS
        ? ((ObjectNode) line).without(List.of("source", "position")).toString()
        : line.toString();
  }
}
