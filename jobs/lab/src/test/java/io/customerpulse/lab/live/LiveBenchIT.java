package io.customerpulse.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.lab.cluster.LocalCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of it once, in seconds: too short for a figure that says anything. */
class LiveBenchIT {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final Path FOLDER = Path.of("target/live-bench-it").toAbsolutePath();

  private static final LivePlan PLAN =
      new LivePlan(
          true,
          2_000,
          100,
          Duration.ofSeconds(3),
          Duration.ofSeconds(11),
          Duration.ofSeconds(1),
          List.of(),
          List.of(200),
          1_000,
          Duration.ofMinutes(2));

  @Test
  void measuresTheJobTheBacklogAndTheLimitAndLeavesNothingRunning() throws Exception {
    Path folder = FOLDER.resolve("run");
    StringWriter table = new StringWriter();
    PrintWriter told = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    ObjectNode figures;
    try (LiveBench bench = new LiveBench(HOME, folder, FOLDER.resolve("known"), PLAN, told)) {
      figures = bench.run(new PrintWriter(table));
    }

    assertThat(figures.path("live.quick").asBoolean()).isTrue();
    assertThat(figures.path("live.events_per_second").asDouble()).isBetween(70.0, 130.0);
    double job = figures.path("live.cpu_micros_per_event").asDouble();
    double limit = figures.path("live.stateless_cpu_micros_per_event").asDouble();
    assertThat(job).isPositive();
    assertThat(limit).isPositive();
    assertThat(figures.path("live.cpu_over_stateless").asDouble()).isEqualTo(job / limit);
    assertThat(figures.path("live.highest_rate").asDouble()).isEqualTo(200);
    assertThat(figures.path("live.backlog_drained").asBoolean()).isTrue();
    assertThat(figures.path("live.backlog_events").asDouble()).isGreaterThanOrEqualTo(1_000);
    assertThat(figures.path("live.backlog_rate").asDouble()).isPositive();
    assertThat(figures.path("live.state_bytes").asDouble()).isPositive();
    assertThat(figures.has("live.due_to_decided_p50_ms")).isTrue();
    assertThat(figures.has("live.due_to_decided_p99_ms")).isTrue();
    assertThat(figures.has("live.due_to_readable_p50_ms")).isTrue();
    assertThat(figures.has("live.due_to_readable_p99_ms")).isTrue();
    assertThat(figures.path("live.at_200.cpu_micros_per_event").asDouble()).isPositive();
    assertThat(table.toString()).contains("cpu_over_stateless");
    assertThat(
            new LocalCluster(HOME, new ClusterFolder(folder.resolve("cluster")), line -> {})
                .isRunning())
        .isFalse();
  }
}
