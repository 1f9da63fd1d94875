package io.customerpulse.local.demo;

import io.customerpulse.local.cli.AtExit;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/demo}: everything at once, on this machine, with traffic to look at. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Kafka broker and the behaviour job on this machine, feeds them the traffic of",
      "simulated mini-program shops – 17 weeks of it in a few minutes –, shows triggers as they fire,",
      "and sums up. Exits with 1 if nothing flows or the counts don't add up."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int MAX_MINUTES = 60;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long traffic flows, 1 to " + MAX_MINUTES + " [${DEFAULT-VALUE}].",
      defaultValue = "1")
  private int minutes;

  @Option(
      names = "--keep",
      description = "Leave broker and job running at the end, to look at the topics; Ctrl-C ends.")
  private boolean keep;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Another seed gives other customers [${DEFAULT-VALUE}].",
      defaultValue = "17")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (minutes < 1 || minutes > MAX_MINUTES) {
      throw new ParameterException(
          spec.commandLine(),
          "--minutes: " + minutes + " is not allowed; allowed: 1 to " + MAX_MINUTES);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path home = Path.of(System.getProperty("customerpulse.home", "."));
    try (Demo demo = Demo.start(home, seed, out);
        AtExit onSignal = new AtExit("demo-stop", demo::close)) {
      boolean well = demo.run(minutes);
      if (keep) {
        demo.waitForSignal();
      }
      return well ? 0 : 1;
    }
  }
}
