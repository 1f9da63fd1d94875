package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.history.convert.PublicLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both public logs, where they are at hand: replayed, and computed naively over the whole log. */
class PublicLogsReplayTest {
  private static final DeploymentSettings SETTINGS = DeploymentSettingsReader.defaults();
  private static final RuleSet RULES = RuleReader.read(PublicLog.ROOT.resolve("config/rules"));
  private static final String REMINDER = "cart-reminder";

  @TempDir private static Path clusterFolder;
  private static ReplayRunner runner;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    runner = ReplayRunner.start(2, SETTINGS, clusterFolder);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    runner.stop();
  }

  @Test
  void theCosmeticsLogComesOutAsComputedNaively() throws Exception {
    List<JsonNode> log = log("rees46-cosmetics");
    NaiveShop naive = new NaiveShop(log);
    ReplaySummary summary = replay(log, "out");

    assertThat(summary.read()).isEqualTo(4_698);
    assertThat(summary.accepted()).isEqualTo(4_407);
    assertThat(summary.duplicates()).isEqualTo(291).isEqualTo(naive.duplicates);
    assertSame(naive, "out");
  }

  @Test
  void removalsOfWhatWasNeverAddedChangeNothing() throws Exception {
    List<JsonNode> log = log("rees46-cosmetics");
    // What is never added in the whole log, and what is added only after it was removed.
    assertThat(withoutRemovals(log, things(log, "add"))).hasSize(log.size() - 697);
    List<JsonNode> without = withoutRemovalsOfTheUnknown(log);
    assertThat(without).hasSize(log.size() - new NaiveShop(log).removalsOfTheUnknown);

    replay(log, "whole");
    replay(without, "without");

    assertThat(lines("without", OutputFile.TRIGGERS))
        .isEqualTo(lines("whole", OutputFile.TRIGGERS));
    assertThat(lines("without", OutputFile.TRIGGER_OUTCOMES))
        .isEqualTo(lines("whole", OutputFile.TRIGGER_OUTCOMES));
    Map<String, String> carts = carts("without");
    carts("whole")
        .forEach(
            (customer, cart) ->
                assertThat(cart)
                    .as(customer)
                    .isEqualTo(carts.getOrDefault(customer, "0 lines of 0")));
  }

  @Test
  void theTaobaoLogComesOutAsComputedNaively() throws Exception {
    List<JsonNode> log = log("taobao");
    NaiveShop naive = new NaiveShop(log);
    ReplaySummary summary = replay(log, "out");

    assertThat(summary.read()).isEqualTo(96_135);
    assertThat(summary.duplicates()).isEqualTo(naive.duplicates);
    assertThat(summary.accepted()).isEqualTo(96_135 - naive.duplicates);
    assertSame(naive, "out");
  }

  private void assertSame(NaiveShop naive, String out) throws IOException {
    Map<String, String> users = new HashMap<>();
    Set<String> stages = new TreeSet<>();
    Set<String> carts = new TreeSet<>();
    for (JsonNode profile : lines(out, OutputFile.CUSTOMER_PROFILES)) {
      String user = profile.at("/identifiers/user_id").asText();
      users.put(profile.get("customer_id").asText(), user);
      stages.add(user + " " + profile.get("stage").asText());
      carts.add(user + " " + cart(profile));
    }
    assertThat(stages).isEqualTo(naive.stages);
    assertThat(carts).isEqualTo(naive.carts);
    assertThat(transitions(out, users)).isEqualTo(naive.transitions);
    assertThat(fires(out, users)).isEqualTo(naive.fires).isNotEmpty();
    assertThat(outcomes(out, users)).isEqualTo(naive.outcomes);
  }

  private Set<String> transitions(String out, Map<String, String> users) throws IOException {
    Set<String> transitions = new TreeSet<>();
    for (JsonNode line : lines(out, OutputFile.LIFECYCLE_TRANSITIONS)) {
      transitions.add(
          String.format(
              Locale.ROOT,
              "%s %s %s -> %s",
              users.get(line.get("customer_id").asText()),
              line.get("at").asText(),
              line.get("from").asText(),
              line.get("to").asText()));
    }
    return transitions;
  }

  private Set<String> fires(String out, Map<String, String> users) throws IOException {
    Set<String> fires = new TreeSet<>();
    for (JsonNode line : lines(out, OutputFile.TRIGGERS)) {
      if (line.get("rule_id").asText().equals(REMINDER)) {
        assertThat(line.get("action").asText()).isEqualTo("FIRE");
        JsonNode evidence = line.get("evidence");
        fires.add(
            String.format(
                Locale.ROOT,
                "%s step %d at %s due %s, %d lines of %d",
                users.get(line.get("customer_id").asText()),
                line.get("step").asInt(),
                line.get("fired_at").asText(),
                line.get("due_at").asText(),
                evidence.get("lines").size(),
                evidence.get("value_minor").asLong()));
      }
    }
    return fires;
  }

  private Set<String> outcomes(String out, Map<String, String> users) throws IOException {
    Set<String> outcomes = new TreeSet<>();
    for (JsonNode line : lines(out, OutputFile.TRIGGER_OUTCOMES)) {
      if (line.get("rule_id").asText().equals(REMINDER)) {
        String outcome = line.get("outcome").asText();
        outcomes.add(
            String.format(
                Locale.ROOT,
                "%s step %d at %s %s %s",
                users.get(line.get("customer_id").asText()),
                line.get("step").asInt(),
                line.get("at").asText(),
                outcome,
                outcome.equals("CONVERTED")
                    ? String.format(
                        Locale.ROOT,
                        "by %s with %d",
                        line.get("order_id").asText(),
                        line.get("revenue_minor").asLong())
                    : line.get("reason").asText()));
      }
    }
    return outcomes;
  }

  private Map<String, String> carts(String out) throws IOException {
    Map<String, String> carts = new HashMap<>();
    for (JsonNode profile : lines(out, OutputFile.CUSTOMER_PROFILES)) {
      carts.put(profile.get("customer_id").asText(), cart(profile));
    }
    return carts;
  }

  private static String cart(JsonNode profile) {
    return profile.get("cart_lines") + " lines of " + profile.get("cart_value_minor");
  }

  private static List<JsonNode> withoutRemovalsOfTheUnknown(List<JsonNode> log) {
    Set<String> added = new HashSet<>();
    List<JsonNode> without = new ArrayList<>();
    for (JsonNode event : log) {
      if (action(event).equals("add")) {
        added.add(thing(event));
      }
      without.addAll(withoutRemovals(List.of(event), added));
    }
    return without;
  }

  private static List<JsonNode> withoutRemovals(List<JsonNode> log, Set<String> known) {
    return log.stream()
        .filter(event -> !action(event).equals("remove") || known.contains(thing(event)))
        .toList();
  }

  private static Set<String> things(List<JsonNode> log, String action) {
    return log.stream()
        .filter(event -> action(event).equals(action))
        .map(PublicLogsReplayTest::thing)
        .collect(Collectors.toSet());
  }

  private static String action(JsonNode event) {
    return event.at("/properties/action").asText();
  }

  private static String thing(JsonNode event) {
    return event.get("user_id") + " " + event.at("/properties/lines/0/sku_id");
  }

  private ReplaySummary replay(List<JsonNode> log, String out)
      throws IOException, InterruptedException {
    Path file = folder.resolve(out + ".jsonl");
    Files.write(file, log.stream().map(JsonNode::toString).toList());
    return runner.replay(List.of(file), folder.resolve(out), null, SETTINGS, RULES, 2);
  }

  /** Sorted, because parallel parts end in any order. */
  private List<JsonNode> lines(String out, OutputFile file) throws IOException {
    List<JsonNode> lines = new ArrayList<>(ReplayRunner.lines(folder.resolve(out), file));
    lines.sort(Comparator.comparing(JsonNode::toString));
    return lines;
  }

  private static List<JsonNode> log(String name) throws IOException {
    assumeTrue(PublicLog.isHere(name), () -> "the log is not here: " + PublicLog.folder(name));
    List<JsonNode> events = new ArrayList<>();
    for (String line : (Iterable<String>) PublicLog.events(name).lines()::iterator) {
      events.add(ReplayRunner.JSON.readTree(line));
    }
    return events;
  }
}
