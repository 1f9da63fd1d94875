package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who starts the job with something wrong: one line that names it. */
class TablesCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anAbsentFileIsNamed() {
    Path absent = folder.resolve("absent.yaml");

    assertThat(read("--config", absent.toString())).hasValue(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(absent.toString());
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestOne() throws Exception {
    Path config = Files.writeString(folder.resolve("c.yaml"), "tables: {warehose: x}\n");

    assertThat(read("--config", config.toString())).hasValue(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("warehose", "did you mean warehouse?");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(read("--rules", "rules")).hasValue(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("--rules");
  }

  @Test
  void tablesThatTheNextDemoReplacesAreNotGoneOnWith() throws Exception {
    Path warehouse = folder.resolve("warehouse");
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/demo")) {
      run.begin();
    }
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"),
            String.format(Locale.ROOT, "tables: {warehouse: \"%s\"}%n", warehouse));

    assertThat(read("--config", config.toString())).hasValue(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tables.warehouse: " + warehouse);
  }

  @Test
  void helpIsNoFailure() {
    assertThat(read("--help")).hasValue(0);
    assertThat(out.toString()).contains("--config");
  }

  @Test
  void settingsAreReadFromTheFile() throws Exception {
    Path config = Files.writeString(folder.resolve("c.yaml"), "tables: {buckets: 3}\n");
    TablesCommand command = new TablesCommand();

    assertThat(
            command.read(new PrintWriter(out), new PrintWriter(err), "--config", config.toString()))
        .isEmpty();
    assertThat(command.settings().tables().buckets()).isEqualTo(3);
  }

  private OptionalInt read(String... args) {
    return new TablesCommand().read(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
