package io.customerpulse.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  @Test
  void tablesThatSomebodyElseFilledAreNeverReplaced(@TempDir Path warehouse) throws Exception {
    Path table = Files.createDirectories(warehouse.resolve("customer_pulse.db/triggers"));
    StringWriter err = new StringWriter();

    int exitCode =
        new CommandLine(new DemoCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--tables", warehouse.toString());

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--tables: " + warehouse + " holds other things");
    assertThat(table).isDirectory();
  }
}
