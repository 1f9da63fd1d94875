package io.customerpulse.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void overwritesOneLineFiveTimesASecondAtMost() {
    try (Progress progress = new Progress(out, true, () -> nanos)) {
      for (nanos = 0; nanos <= 400_000_000; nanos += 50_000_000) {
        progress.show(() -> nanos / 1_000_000 + " ms");
      }
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[K200 ms\r\u001b[K400 ms\r\u001b[K");
  }

  @Test
  void writesNothingWhereNobodyLooks() {
    try (Progress progress = new Progress(out, false, () -> nanos)) {
      nanos = 1_000_000_000;
      progress.show(() -> "far");
    }

    assertThat(bytes.size()).isZero();
  }
}
