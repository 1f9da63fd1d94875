package io.customerpulse.behavior.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
  private static final String RULES = "../../config/rules";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final JobCommand command = new JobCommand();

  @TempDir private Path folder;

  @Test
  void theDefaultsNeedNoFile() {
    assertThat(read("--rules", RULES)).isEmpty();
    assertThat(command.settings().domain().time().zone().getId()).isEqualTo("Asia/Shanghai");
    assertThat(command.rules().all()).isNotEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatIsWrongInAllFilesIsToldAtOnceALineEach() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "time: {zone: Mars, clok: wall}\n");
    Path rules = Files.writeString(folder.resolve("r.yaml"), "rules: [{id: A}]\n");
    assertThat(read("--config", config.toString(), "--rules", rules.toString())).hasValue(2);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.contains("time.zone") && line.contains("Mars"))
        .anyMatch(line -> line.contains("clok"))
        .anyMatch(line -> line.contains("r.yaml"))
        .noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void anUnknownOptionIsOneLine() {
    assertThat(read("--confg", "x")).hasValue(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void helpEndsWell() {
    assertThat(read("--help")).hasValue(0);
    assertThat(out.toString()).contains("--config", "--rules");
  }

  private OptionalInt read(String... args) {
    return command.read(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
