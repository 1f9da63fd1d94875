package io.customerpulse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever pauses a rule starts no broker, plans no query and draws no chart. */
class ClasspathTest {
  private static final List<String> ELSEWHERE =
      List.of("kafka_2.", "kafka-server", "flink-table-planner", "duckdb", "echarts", "paimon");

  @Test
  void hasNoBrokerNoPlannerAndNoCharts() {
    List<String> libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> new File(path).getName())
            .toList();

    // That it is the class path, not the jar that names it.
    assertThat(libraries).anyMatch(name -> name.startsWith("kafka-clients-"));
    assertThat(libraries).noneMatch(name -> ELSEWHERE.stream().anyMatch(name::startsWith));
  }
}
