package io.customerpulse.client.rules;

import io.customerpulse.client.cli.SettingsResolver;
import io.customerpulse.domain.rule.RuleDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads rules as a job does, filters compiled and checked; needs no broker. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks files of rules: everything that is wrong, with its line and column. Warns of"
            + " filters that don't ask for what may be unset, or be 0 where they divide.")
final class ValidateRulesCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files of rules (YAML or JSON), or directories of them.")
  private List<Path> paths;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings that name the segments (rfm.segments); default: those of a kept demo, else of"
              + " scripts/cluster, else the defaults.")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<RuleDefinition> definitions =
        RuleFiles.read(paths, SettingsResolver.read(config).domain().rfm().segmentNames());
    RuleFiles.warn(definitions, spec.commandLine().getErr());
    definitions.forEach(
        definition ->
            spec.commandLine()
                .getOut()
                .printf(
                    Locale.ROOT,
                    "%s v%d: %s, is right.%n",
                    definition.rule().id(),
                    definition.rule().version(),
                    definition.rule().kind().wireName()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
