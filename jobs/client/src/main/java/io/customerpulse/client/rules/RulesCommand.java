package io.customerpulse.client.rules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/rules}: what is sent and when, decided without a deployment. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "The trigger rules of running jobs: looks at them, changes them, says what a change would have"
          + " brought. A published rule comes before one of the job's own files with the same id."
    },
    subcommands = {
      ValidateRulesCommand.class,
      PublishRulesCommand.class,
      ListRulesCommand.class,
      PauseRulesCommand.class,
      ResumeRulesCommand.class,
      RetireRulesCommand.class
    })
public final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which of them? Allowed: " + String.join(", ", spec.subcommands().keySet()));
  }
}
