package io.customerpulse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.dist.Installed.Answer;
import io.customerpulse.lab.cluster.ClusterSettings;
import io.customerpulse.lab.cluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who has the tarball, a Java runtime and coreutils. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class TarballIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("\\b(scripts|bin)/([a-z]+)");
  private static final String EVENTS =
      """
      {"type":"browse","app_id":"a","event_time":1709258400000,"user_id":"u1"}
      {"type":"purchase","app_id":"a","event_time":1709258460000,"user_id":"u1","properties":{"order_id":"o1","amount_minor":19900}}
      {"type":"purchase","app_id":"a","event_time":1709258520000,"properties":{"order_id":"o2","amount_minor":100}}
      """;

  @TempDir private static Path folder;

  private Installed installed;
  private Map<String, String> contents;

  @BeforeAll
  void unpack() throws Exception {
    installed = Installed.in(folder);
    contents = installed.contents();
  }

  /** Whoever has installed it for others lets nobody write there. */
  @AfterAll
  void nothingIsWrittenIntoTheInstallation() throws IOException {
    if (installed != null) {
      assertThat(installed.contents()).isEqualTo(contents);
    }
  }

  @Test
  void aFileIsReplayedIntoOutputsAndTables() throws Exception {
    Path events = Files.writeString(folder.resolve("events.jsonl"), EVENTS);
    Path out = folder.resolve("out");
    Path warehouse = folder.resolve("warehouse");

    Answer replay =
        installed.call(
            "replay",
            "--input",
            events.toString(),
            "--out",
            out.toString(),
            "--tables",
            warehouse.toString());

    assertThat(replay.exitCode()).as(replay.err()).isZero();
    assertThat(replay.out()).contains("Tables: bin/query --warehouse " + warehouse);
    JsonMapper json = new JsonMapper();
    JsonNode profile = json.readTree(onlyLine(out.resolve("customer_profiles.jsonl")));
    assertThat(profile.get("net_spend_minor").asLong()).isEqualTo(19900);
    assertThat(profile.get("stage").asText()).isEqualTo("NEW");
    assertThat(onlyLine(out.resolve("dead_letters.jsonl"))).contains("o2");
    assertThat(Files.readAllLines(out.resolve("behavior_events.jsonl"))).hasSize(2);

    Answer query =
        installed.call(
            "query",
            "--warehouse",
            warehouse.toString(),
            "--format",
            "csv",
            "SELECT order_id, amount_minor FROM orders");
    assertThat(query.exitCode()).as(query.err()).isZero();
    assertThat(query.out()).isEqualTo("order_id,amount_minor\no1,19900\n");
  }

  @Test
  void rulesAreChecked() throws Exception {
    Answer right =
        installed.call("rules", "validate", installed.home().resolve("config/rules").toString());
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).contains("cart-reminder v1: cart_abandonment, is right.");

    Path file =
        Files.writeString(folder.resolve("wrong.yaml"), "rules: [{id: a, knd: birthday}]\n");
    Answer wrong = installed.call("rules", "validate", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains(file + ":1:").contains("did you mean kind?");
    assertNoStackTrace(wrong);
  }

  @Test
  void clusterAndBrokerOfOthersAreReached() throws Exception {
    ClusterSettings settings = ClusterSettings.onFreePorts(1, 2, 2);
    // Not a temporary one: who looks for what went wrong finds the logs here.
    ClusterFolder kept = new ClusterFolder(Path.of("target/tarball-it"));
    FileUtils.deleteDirectory(kept.root().toFile());
    LocalCluster cluster = new LocalCluster(CHECKOUT, kept, line -> {});
    try {
      cluster.start(settings);
      String config = kept.config().toString();

      Answer published =
          installed.call(
              "rules",
              "publish",
              "--config",
              config,
              installed.home().resolve("config/rules").toString());
      assertThat(published.exitCode()).as(published.err()).isZero();
      Answer tail =
          installed.call(
              "tail", "trigger-rules", "--from-beginning", "--count", "1", "--config", config);
      assertThat(tail.exitCode()).as(tail.err()).isZero();
      assertThat(new JsonMapper().readTree(tail.out()).get("rule_id").asText())
          .isIn("cart-reminder", "win-back");

      Answer submitted =
          installed.call("submit", "behavior", "--cluster", settings.url(), "--config", config);
      assertThat(submitted.exitCode()).as(submitted.err()).isZero();
      Answer list = installed.call("submit", "--list", "--cluster", settings.url());
      assertThat(list.exitCode()).as(list.err()).isZero();
      assertThat(list.out()).contains("Customer Pulse: behaviour");
      assertThat(installed.state().resolve("jobs/behavior/000001/jobs.jar")).exists();
    } finally {
      cluster.stop();
    }
  }

  @Test
  void everyCommandTellsHowItIsCalledHere() throws Exception {
    List<String> commands = installed.commands();
    for (String command : commands) {
      Answer help = installed.call(command, "--help");

      assertThat(help.exitCode()).as(command + help.err()).isZero();
      assertThat(help.out()).contains("Usage: bin/" + command);
      Matcher named = COMMAND.matcher(help.out());
      while (named.find()) {
        // A local cluster and a demo are of a checkout alone.
        assertThat(named.group(1).equals("bin"))
            .as(command + " --help speaks of " + named.group())
            .isEqualTo(commands.contains(named.group(2)));
      }
    }
    assertThat(installed.call("replay", "--version").out()).startsWith("Customer Pulse 0.");
  }

  /** Whoever adds a command to scripts/ that needs no broker finds it here too. */
  @Test
  void everyCommandThatNeedsNoBrokerIsHere() throws IOException {
    try (Stream<Path> scripts = Files.list(CHECKOUT.resolve("scripts"))) {
      assertThat(installed.commands())
          .containsExactlyElementsOf(
              scripts
                  .filter(TarballIT::isShipped)
                  .map(script -> script.getFileName().toString())
                  .sorted()
                  .toList());
    }
  }

  private static boolean isShipped(Path script) {
    try {
      String text = Files.readString(script);
      return !script.getFileName().toString().startsWith("_")
          && text.contains("/_run\"")
          && !text.contains(" lab ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsWrongIsToldInALine() throws Exception {
    Answer nowhere = installed.call("submit", "--list");
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.err()).startsWith("bin/submit failed: Which cluster? --cluster URL");
    assertNoStackTrace(nowhere);

    Answer absent =
        installed.call("query", "--warehouse", folder.resolve("absent").toString(), "SELECT 1");
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).contains("bin/replay --tables fills a warehouse");
    assertNoStackTrace(absent);
  }

  @Test
  void theJavaThatIsMissingOrAnotherIsNamed() throws Exception {
    Answer none = installed.call(Map.of(), "tail", "--help");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err())
        .isEqualTo(
            "Customer Pulse needs Java 17 to 21: put java on the PATH, or point JAVA_HOME at"
                + " it.\n");

    Answer wrong = installed.call(Map.of("JAVA_HOME", folder.toString()), "tail", "--help");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("JAVA_HOME=" + folder + " is no Java");

    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Path java = Files.writeString(old.resolve("java"), "#!/usr/bin/env bash\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.20\"\n");
    Answer older =
        installed.call(Map.of("JAVA_HOME", folder.resolve("old").toString()), "tail", "--help");
    assertThat(older.exitCode()).isEqualTo(1);
    assertThat(older.err()).contains("is another: 11.0.20.");
  }

  private static String onlyLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  private static void assertNoStackTrace(Answer answer) {
    assertThat(answer.err()).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
