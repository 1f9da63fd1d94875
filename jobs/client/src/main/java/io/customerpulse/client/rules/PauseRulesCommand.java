package io.customerpulse.client.rules;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps rules from firing, at once. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps rules from firing, within two seconds, until they are resumed. Episodes go on: what"
          + " falls due meanwhile is recorded as SUPPRESSED paused and is never sent."
    })
final class PauseRulesCommand implements Callable<Integer> {
  @Mixin private ChosenRules chosen;
  @Mixin private BrokerOptions broker;

  @Option(names = "--all", description = "All rules, those of the jobs' own files too.")
  private boolean all;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return Pausing.set(true, all, chosen, broker, spec);
  }
}
