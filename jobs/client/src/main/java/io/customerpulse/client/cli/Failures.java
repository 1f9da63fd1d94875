package io.customerpulse.client.cli;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.runtime.lock.NotReadyException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a person sees of a failure: what is wrong and where to look, never a stack trace. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** Set by the scripts; see log4j2.properties. */
  private static final String LOG_FILE = "customerpulse.log";

  private Failures() {}

  /** Arguments that cannot be: exit code 2. */
  public static int wrongUse(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(failure.getMessage());
    if (failure instanceof MissingParameterException) {
      // What is missing has often been given, under a name with a slip of the pen in it.
      command
          .getUnmatchedArguments()
          .forEach(argument -> err.println("Unknown: '" + argument + "'"));
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  /** Wrong files are wrong use, exit code 2; everything else is a failure, exit code 1. */
  public static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof ConfigurationException configuration) {
      for (Problem problem : configuration.problems()) {
        err.println(problem);
      }
      return ExitCode.USAGE;
    }
    if (failure instanceof NotReadyException) {
      err.println(command.getCommandSpec().qualifiedName() + ": " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    LOG.error("{} failed", command.getCommandSpec().qualifiedName(), failure);
    String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String file = System.getProperty(LOG_FILE);
    String hint = file == null ? "" : " (more in " + file + ")";
    err.println(command.getCommandSpec().qualifiedName() + " failed: " + firstLine(what) + hint);
    return ExitCode.SOFTWARE;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
