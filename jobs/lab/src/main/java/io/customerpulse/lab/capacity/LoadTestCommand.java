package io.customerpulse.lab.capacity;

import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/capacity}: a steady load, and what it takes. */
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster of its own on free ports, with one TaskManager as in config/flink, makes",
      "all customers known to the behaviour job, then sends a steady load at the time it is: visits",
      "in which each visitor sends an event every 15 s. Prints a line a minute: events, lag, heap,",
      "RocksDB's memory, the TaskManager's whole memory, state, checkpoints. Exits with 1 if the job",
      "has failed or couldn't keep up. Needs about 4 GB of memory, and a kilobyte of disk for each",
      "event."
    })
public final class LoadTestCommand implements Callable<Integer> {
  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long the load lasts, 1 to 1440 [${DEFAULT-VALUE}].")
  private int minutes;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many there are, 1000 to 100000000 [${DEFAULT-VALUE}].")
  private int customers;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Events of the load, 10 to 100000 [${DEFAULT-VALUE}].")
  private int perSecond;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "So many days pass meanwhile, 1 to 1000, instead of the time it is: what is kept for a"
              + " day comes and goes, but next to no events wait for the watermark.")
  private Integer days;

  @Option(names = "--out", paramLabel = "FILE.csv", description = "Write the lines there, too.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check("--minutes", minutes, 1, 24 * 60);
    check("--customers", customers, 1_000, 100_000_000);
    check("--per-second", perSecond, 10, 100_000);
    if (days != null) {
      check("--days", days, 1, 1_000);
    }
    if (out != null && (Files.isDirectory(out) || !Files.isDirectory(folderOf(out)))) {
      throw wrong("--out: " + out + " cannot be written; allowed: a file in a folder that exists");
    }
    Path home = Installation.current().home();
    LoadTestPlan plan =
        new LoadTestPlan(
            home,
            home.resolve("run/capacity"),
            customers,
            perSecond,
            Duration.ofMinutes(minutes),
            Optional.ofNullable(days).map(Duration::ofDays));
    LoadTest capacity = new LoadTest(plan, spec.commandLine().getOut());
    try (ShutdownHook onSignal = new ShutdownHook("capacity-stop", capacity::close)) {
      boolean held = capacity.run();
      if (out != null) {
        Files.writeString(out, capacity.csv());
      }
      return held ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(option + ": " + value + " is not allowed; allowed: " + least + " to " + most);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
