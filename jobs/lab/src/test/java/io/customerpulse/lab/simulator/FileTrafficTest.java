package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTrafficTest {
  private static final int WINDOW = 100;

  @TempDir private Path folder;

  private final Simulator simulator = new Simulator(SimulatorSettings.defaults());

  @Test
  void writesALinePerRecordInOrder() throws IOException {
    assertThat(written(1, 500, 1_250)).isEqualTo(records(500, 1_250));
  }

  @Test
  void shufflesWithinItsWindowsOnly() throws IOException {
    List<String> shuffled = written(WINDOW, 0, 250);
    List<String> ordered = records(0, 250);
    for (int from = 0; from < 250; from += WINDOW) {
      int to = Math.min(from + WINDOW, 250);
      assertThat(shuffled.subList(from, to))
          .containsExactlyInAnyOrderElementsOf(ordered.subList(from, to))
          .isNotEqualTo(ordered.subList(from, to));
    }
    assertThat(written(WINDOW, 0, 250)).isEqualTo(shuffled);
  }

  @Test
  void refusesAWindowWithoutNumbers() {
    assertThatThrownBy(() -> new FileTraffic(simulator, 0)).hasMessageContaining("window: 0");
  }

  private List<String> written(int window, long from, long to) throws IOException {
    Path file = folder.resolve("events.jsonl");
    new FileTraffic(simulator, window).write(file, from, to);
    // A charset that has a character for every byte, as broken records aren't UTF-8.
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  private List<String> records(long from, long to) {
    return simulator
        .events(from, to)
        .map(simulated -> new String(simulated.value(), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
