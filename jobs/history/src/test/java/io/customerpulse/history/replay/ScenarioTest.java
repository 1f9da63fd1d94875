package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of scenarios/: events in, outputs out. Its README.md says how they are written.
 * {@code -Dcustomer-pulse.scenarios=REGEX} tries those alone whose name it matches.
 */
class ScenarioTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Pattern TRIED =
      Pattern.compile(System.getProperty("customer-pulse.scenarios", ".*"));

  @TempDir private static Path clusterFolder;
  private static ReplayRunner runner;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    runner =
        ReplayRunner.start(2, DeploymentSettingsReader.defaults(), clusterFolder).storingNothing();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    runner.stop();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void comesOutAsExpected(String name) throws Exception {
    Path scenario = root().resolve(name);
    JsonNode input = YAML.readTree(scenario.resolve("events.yaml").toFile());
    JsonNode expected = YAML.readTree(scenario.resolve("expected.yaml").toFile());
    Instant asOf = input.has("as_of") ? ScenarioEvents.time(input.get("as_of").asText()) : null;
    Path out = folder.resolve("out");

    if (input.path("live").asBoolean()) {
      runner.stream(
          ScenarioEvents.arrivals(input.get("events")),
          out,
          asOf,
          settings(scenario),
          rules(scenario));
    } else {
      Path events =
          Files.write(folder.resolve("events.jsonl"), ScenarioEvents.lines(input.get("events")));
      runner.replay(
          List.of(events), out, asOf, settings(scenario), rules(scenario), runner.parallelism());
    }

    assertThat(new ScenarioOutputs(out).differencesFrom(expected))
        .as("%s: %s", name, input.path("about").asText())
        .isEmpty();
  }

  static Stream<String> scenarios() throws Exception {
    try (Stream<Path> entries = Files.list(root())) {
      return entries
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> TRIED.matcher(name).matches())
          .sorted()
          .toList()
          .stream();
    }
  }

  private static DeploymentSettings settings(Path scenario) {
    Path config = scenario.resolve("config.yaml");
    return Files.exists(config)
        ? new DeploymentSettingsReader(variable -> null).read(config)
        : DeploymentSettingsReader.defaults();
  }

  private static RuleSet rules(Path scenario) throws IOException, URISyntaxException {
    Path own = scenario.resolve("rules.yaml");
    return RuleReader.read(Files.exists(own) ? own : root().resolve("rules.yaml"));
  }

  private static Path root() throws URISyntaxException {
    return Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
  }
}
