package io.customerpulse.lab.demo;

import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.runtime.lock.RunLock;
import io.customerpulse.tables.BoundedRun;
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
      "Starts a real Kafka broker, the behaviour job and the tables job on this machine, feeds"
          + " them",
      "the traffic of simulated mini-program shops – 17 weeks of it in a few minutes –, shows"
          + " triggers",
      "as they fire, sums up, and leaves the output tables for scripts/query and scripts/report.",
      "Exits with 1 if nothing flows or the counts don't add up."
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
      description = "Leave broker and jobs running at the end, to look at the topics; Ctrl-C ends.")
  private boolean keep;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Another seed gives other customers [${DEFAULT-VALUE}].",
      defaultValue = "17")
  private long seed;

  @Option(
      names = "--tables",
      paramLabel = "WAREHOUSE",
      description =
          "Where the output tables go: a new or empty directory, or one that an earlier demo or"
              + " replay filled, which is replaced [run/warehouse, where scripts/query looks].")
  private Path tables;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (minutes < 1 || minutes > MAX_MINUTES) {
      throw new ParameterException(
          spec.commandLine(),
          "--minutes: " + minutes + " is not allowed; allowed: 1 to " + MAX_MINUTES);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path home = Installation.current().home();
    Path warehouse = warehouse(home);
    try (RunLock folder = Demo.lock(home);
        BoundedRun tables = BoundedRun.take(warehouse, Demo.COMMAND);
        Demo demo = Demo.start(home, warehouse, tables, seed, out);
        ShutdownHook onSignal = new ShutdownHook("demo-stop", demo::close)) {
      boolean well = demo.run(minutes);
      if (well) {
        sayHowToAsk(out);
      }
      if (keep) {
        demo.waitForSignal();
      }
      return well ? 0 : 1;
    }
  }

  /** A folder that may be replaced. */
  private Path warehouse(Path home) {
    Path folder =
        tables == null
            ? home.resolve(DeploymentSettingsReader.defaults().tables().warehouse())
            : tables;
    if (BoundedRun.isForeign(folder)) {
      throw new ParameterException(
          spec.commandLine(),
          "--tables: "
              + folder
              + " holds other things than the tables of a replay or demo; allowed: a new or empty"
              + " directory, or one that an earlier replay or demo filled");
    }
    return folder.toAbsolutePath().normalize();
  }

  private void sayHowToAsk(PrintStream out) {
    String where = tables == null ? "" : "--warehouse " + tables + ' ';
    out.println("Ask the tables:");
    out.println("  scripts/query " + where + "@segments");
    out.println(
        "  scripts/query "
            + where
            + "\"SELECT stage, COUNT(*) FROM customer_profiles GROUP BY stage\"");
    out.println("  scripts/query " + where + "--list");
    out.println("  scripts/report " + where + "--out report.html");
  }
}
