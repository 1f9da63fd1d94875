package io.customerpulse.local.cli;

import io.customerpulse.local.capacity.CapacityCommand;
import io.customerpulse.local.cluster.ClusterCommand;
import io.customerpulse.local.convert.ConvertCommand;
import io.customerpulse.local.demo.DemoCommand;
import io.customerpulse.local.fit.FitCommand;
import io.customerpulse.local.query.QueryCommand;
import io.customerpulse.local.replay.BootstrapCommand;
import io.customerpulse.local.replay.ReplayCommand;
import io.customerpulse.local.report.ReportCommand;
import io.customerpulse.local.rules.RulesCommand;
import io.customerpulse.local.soak.SoakCommand;
import io.customerpulse.local.submit.SubmitCommand;
import io.customerpulse.local.submit.UpgradeCommand;
import io.customerpulse.local.tail.TailCommand;
import io.customerpulse.local.traffic.TrafficCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind scripts/: the first argument says which, as the script is called. */
@Command(
    name = "scripts",
    description = "Commands of Customer Pulse; each has --help.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BootstrapCommand.class,
      ClusterCommand.class,
      ConvertCommand.class,
      DemoCommand.class,
      FitCommand.class,
      QueryCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      RulesCommand.class,
      SoakCommand.class,
      CapacityCommand.class,
      SubmitCommand.class,
      TailCommand.class,
      TrafficCommand.class,
      UpgradeCommand.class
    })
public final class CustomerPulseCommand {
  private CustomerPulseCommand() {}

  /** Runs a command and exits: 0 done, 1 failed, 2 wrong use. */
  public static void main(String[] args) {
    // Libraries format by the default locale what they parse by none, such as the types of columns.
    Locale.setDefault(Locale.ENGLISH);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      System.exit(run(err, args));
    } catch (OutOfMemoryError e) {
      err.println("Out of memory; CUSTOMER_PULSE_HEAP sets how much there is, for example 4g.");
      System.exit(CommandLine.ExitCode.SOFTWARE);
    }
  }

  /** Runs a command and tells its exit code. */
  static int run(PrintWriter err, String... args) {
    CommandLine all = new CommandLine(new CustomerPulseCommand());
    CommandLine command = args.length == 0 ? null : all.getSubcommands().get(args[0]);
    if (command == null) {
      return configured(all, err).execute(args.length == 0 ? new String[] {"--help"} : args);
    }
    // On its own, so that its usage shows the script and not a word of this class.
    CommandLine script =
        new CommandLine(command.<Object>getCommand()).setCommandName("scripts/" + args[0]);
    return configured(script, err).execute(Arrays.copyOfRange(args, 1, args.length));
  }

  /** Makes a command tell what goes wrong as all commands do. */
  public static CommandLine configured(CommandLine command, PrintWriter err) {
    command.getCommandSpec().version("Customer Pulse");
    return command
        .setErr(err)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::wrongUse)
        .setExecutionExceptionHandler(Failures::failed);
  }
}
