package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.domain.rule.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One log, asked at several instants what a customer was like then. */
class ProfileAsOfTest {
  private static final DeploymentSettings SETTINGS =
      new DeploymentSettingsReader(variable -> null).read("test", "time: {zone: UTC}");

  @TempDir private static Path clusterFolder;
  private static ReplayRunner runner;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    runner = ReplayRunner.start(1, SETTINGS, clusterFolder).storingNothing();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    runner.stop();
  }

  /**
   * P(alive) and the expected orders have been worked out elsewhere, by numerical integration over
   * how likely buyers are to leave.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // As of, orders, net, in window, net in window, recency, R, F, M, stage, since, P, expected
    "2024-01-15T00:00:00Z, 1, 10000, 1, 10000, 5, 5, 1, 3, NEW, 2024-01-10T12:00:00Z,"
        + " 0.63232320766994957, 0.48136422152995513",
    "2024-02-19T11:59:59.999Z, 2, 30000, 2, 30000, 30, 4, 4, 4, REPEAT, 2024-01-20T12:00:00Z,"
        + " 0.5975255662428512, 0.79547629728142136",
    "2024-02-19T12:00:00Z, 2, 30000, 2, 30000, 30, 4, 4, 4, AT_RISK, 2024-02-19T12:00:00Z,"
        + " 0.59752556619188234, 0.79547629712217784",
    "2024-03-02T00:00:00Z, 3, 30000, 3, 30000, 11, 4, 5, 5, REPEAT, 2024-02-20T12:00:00Z,"
        + " 0.75096384996736132, 1.4496681502342565",
    "2025-03-01T00:00:00Z, 3, 30000, 0, 0, 375, 1, 1, 1, LOST, 2025-02-19T12:00:00Z,"
        + " 0.053243022976122738, 0.025012306849471959",
  })
  void aProfileIsThatOfItsInstant(
      String asOf,
      long orders,
      long net,
      long ordersInWindow,
      long netInWindow,
      int recencyDays,
      int r,
      int f,
      int m,
      String stage,
      String since,
      double probabilityAlive,
      double expectedOrders)
      throws Exception {
    JsonNode profile = profile(asOf);

    assertThat(profile.get("as_of").asText()).isEqualTo(Instant.parse(asOf).toString());
    assertThat(profile.get("orders").asLong()).isEqualTo(orders);
    assertThat(profile.get("net_spend_minor").asLong()).isEqualTo(net);
    assertThat(profile.get("orders_in_window").asLong()).isEqualTo(ordersInWindow);
    assertThat(profile.get("net_spend_in_window_minor").asLong()).isEqualTo(netInWindow);
    assertThat(profile.get("recency_days").asInt()).isEqualTo(recencyDays);
    assertThat(List.of(score(profile, "r"), score(profile, "f"), score(profile, "m")))
        .containsExactly(r, f, m);
    assertThat(profile.get("stage").asText()).isEqualTo(stage);
    assertThat(profile.get("stage_since").asText()).isEqualTo(since);
    assertThat(profile.get("probability_alive").asDouble())
        .isCloseTo(probabilityAlive, within(1e-12));
    assertThat(profile.get("expected_orders_90d").asDouble())
        .isCloseTo(expectedOrders, within(1e-12));
  }

  private static int score(JsonNode profile, String dimension) {
    return profile.get(dimension + "_score").asInt();
  }

  private JsonNode profile(String asOf) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(order("a", "2024-01-10T12:00:00Z", 10_000));
    lines.add(order("a", "2024-01-20T12:00:00Z", 20_000));
    lines.add(order("a", "2024-02-20T12:00:00Z", 5_000));
    lines.add(
        String.format(
            Locale.ROOT,
            event("refund", "a", "2024-03-01T12:00:00Z"),
            "\"order_id\":\"a-2024-01-20T12:00:00Z\",\"refund_id\":\"r\",\"amount_minor\":5000"));
    lines.add(order("b", "2024-01-05T12:00:00Z", 1_000));
    lines.add(order("c", "2024-02-01T12:00:00Z", 2_000));
    lines.add(order("d", "2024-02-25T12:00:00Z", 3_000));
    lines.add(order("e", "2024-01-15T12:00:00Z", 4_000));
    lines.add(String.format(Locale.ROOT, event("browse", "nobody", "2025-06-01T12:00:00Z"), ""));
    Path events = Files.write(folder.resolve("events.jsonl"), lines);
    Path out = folder.resolve("out");

    runner.replay(List.of(events), out, Instant.parse(asOf), SETTINGS, RuleSet.EMPTY, 1);

    return ReplayRunner.lines(out, OutputFile.CUSTOMER_PROFILES).stream()
        .filter(profile -> profile.get("identifiers").get("user_id").asText().equals("a"))
        .findFirst()
        .orElseThrow();
  }

  private static String order(String who, String at, long amountMinor) {
    return String.format(
        Locale.ROOT,
        event("purchase", who, at),
        String.format(
            Locale.ROOT, "\"order_id\":\"%s-%s\",\"amount_minor\":%d", who, at, amountMinor));
  }

  private static String event(String type, String who, String at) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"%s\",\"app_id\":\"shop\",\"event_time\":\"%s\",\"user_id\":\"%s\",\"properties\":{%%s}}",
        type,
        at,
        who);
  }
}
