package io.customerpulse.client;

import io.customerpulse.client.cli.CommandGroup;
import io.customerpulse.client.cli.Failures;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.rules.RulesCommand;
import io.customerpulse.client.submit.SubmitCommand;
import io.customerpulse.client.submit.UpgradeCommand;
import io.customerpulse.client.tail.TailCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind scripts/: the first argument says which, as the script is called. */
@Command(
    name = "scripts",
    description = "Commands of Customer Pulse; each has --help.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RulesCommand.class,
      SubmitCommand.class,
      TailCommand.class,
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
    List<CommandGroup> groups = new ArrayList<>();
    ServiceLoader.load(CommandGroup.class).forEach(groups::add);
    CommandLine all = new CommandLine(new CustomerPulseCommand());
    groups.forEach(group -> group.commands().forEach(all::addSubcommand));
    CommandLine command = args.length == 0 ? null : all.getSubcommands().get(args[0]);
    if (command == null) {
      return configured(all, err).execute(args.length == 0 ? new String[] {"--help"} : args);
    }
    // On its own, so that its usage shows the script and not a word of this class.
    CommandLine script =
        new CommandLine(command.<Object>getCommand()).setCommandName(Installation.command(args[0]));
    for (CommandGroup group : groups) {
      group.words().getOrDefault(args[0], List.of()).forEach(script::addSubcommand);
    }
    return configured(script, err).execute(Arrays.copyOfRange(args, 1, args.length));
  }

  /** Makes a command tell what goes wrong as all commands do. */
  public static CommandLine configured(CommandLine command, PrintWriter err) {
    command.getCommandSpec().version(version());
    return command
        .setErr(err)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::wrongUse)
        .setExecutionExceptionHandler(Failures::failed);
  }

  /** As the jar says it, where there is one. */
  private static String version() {
    String number = CustomerPulseCommand.class.getPackage().getImplementationVersion();
    return number == null ? "Customer Pulse" : "Customer Pulse " + number;
  }
}
