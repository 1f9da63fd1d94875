package io.customerpulse.lab.soak;

import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/soak}: faults under load, on real processes. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster of its own on free ports, brings the behaviour job onto it, lets simulated",
      "traffic flow, and breaks things: kills and halts processes, takes the broker away, fills"
          + " the",
      "disk. Then compares everything that came out with a replay of what went in, to the record.",
      "Exits with 1 on any difference. Needs about 4 GB of memory; kinds of disk trouble need the",
      "right to mount and are left out without it. The log is run/soak/soak.log."
    })
public final class SoakCommand implements Callable<Integer> {
  private static final int MAX_MINUTES = 24 * 60;
  private static final int MAX_PER_SECOND = 10_000;
  private static final Duration SIMULATED_PER_MINUTE = Duration.ofDays(5);

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How long faults happen, 1 to 1440 [${DEFAULT-VALUE}]; about one in a minute."
              + " Settling and comparing come on top.")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the traffic and the order of the faults [${DEFAULT-VALUE}].")
  private long seed;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "600",
      description = "Events of the traffic, 10 to 10000 [${DEFAULT-VALUE}].")
  private int perSecond;

  @Option(
      names = "--halt",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long a process stands still or a folder is out of order, 5 to 600"
              + " [${DEFAULT-VALUE}]; the first time the broker can't be reached lasts twice that.")
  private int halt;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check("--minutes", minutes, 1, MAX_MINUTES);
    check("--halt", halt, 5, 600);
    check("--per-second", perSecond, 10, MAX_PER_SECOND);
    Path home = Installation.current().home();
    PrintWriter out = spec.commandLine().getOut();
    SoakSettings settings =
        new SoakSettings(
            home,
            home.resolve("run/soak"),
            seed,
            Duration.ofMinutes(minutes),
            Integer.MAX_VALUE,
            EnumSet.allOf(Fault.class),
            perSecond,
            SIMULATED_PER_MINUTE.multipliedBy(minutes),
            Duration.ofSeconds(halt),
            Duration.ofSeconds(2L * halt));
    Soak soak = new Soak(settings, out);
    try (ShutdownHook onSignal = new ShutdownHook("soak-stop", soak::close)) {
      return soak.run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": " + value + " is not allowed; allowed: " + least + " to " + most);
    }
  }
}
