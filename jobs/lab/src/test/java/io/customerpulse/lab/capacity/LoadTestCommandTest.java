package io.customerpulse.lab.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LoadTestCommandTest {
  @Test
  void refusesDaysThatCannotPassBeforeAnythingStarts() {
    StringWriter err = new StringWriter();

    int exitCode =
        new CommandLine(new LoadTestCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--days", "0");

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--days: 0 is not allowed; allowed: 1 to 1000");
  }

  @Test
  void runsAtTheTimeItIsUnlessToldOtherwise() {
    String usage = new CommandLine(new LoadTestCommand()).getUsageMessage().replaceAll("\\s+", " ");

    assertThat(usage).contains("at the time it is: visits").contains("--days=N");
  }
}
