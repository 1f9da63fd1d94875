package io.customerpulse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerPulseCommandTest {
  private final StringWriter said = new StringWriter();

  @TempDir private Path folder;

  @Test
  void helpIsNoFailure() {
    assertThat(run("convert", "--help")).isZero();
    assertThat(run()).isZero();
  }

  @Test
  void wrongArgumentsAreWrongUse() {
    assertThat(run("convert", "--maping", "x")).isEqualTo(2);
    assertThat(said.toString())
        .contains("--mapping=")
        .contains("Unknown: '--maping'")
        .contains("Try 'scripts/convert --help'.");
    assertThat(run("convrt")).isEqualTo(2);
  }

  @Test
  void wrongFilesAreWrongUseToldOneProblemPerLine() throws IOException {
    Path mapping = Files.writeString(folder.resolve("m.yaml"), "evnt: {}\n");

    assertThat(run("convert", "--mapping", mapping.toString(), "absent.csv")).isEqualTo(2);
    assertThat(said.toString().lines())
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).startsWith(mapping.toString()))
        .anySatisfy(line -> assertThat(line).contains("did you mean event?"));
  }

  @Test
  void failuresAreOneLine() throws IOException {
    Path mapping = Path.of("../../config/mappings/taobao.yaml");
    Path damaged = Files.write(folder.resolve("x.csv"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});

    assertThat(run("convert", "--mapping", mapping.toString(), damaged.toString())).isEqualTo(1);
    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .startsWith("scripts/convert failed: ");
  }

  private int run(String... args) {
    return CustomerPulseCommand.run(new PrintWriter(said, true), args);
  }
}
