package io.customerpulse.client.rules;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets paused rules fire again. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets paused rules fire again. What fell due during the pause stays unsent; what falls due from"
          + " now on is judged as ever.",
      "With --all it takes back the pause of all rules; rules that were paused one by one stay so."
    })
final class ResumeRulesCommand implements Callable<Integer> {
  @Mixin private ChosenRules chosen;
  @Mixin private BrokerOptions broker;

  @Option(names = "--all", description = "Take back the pause of all rules.")
  private boolean all;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return Pausing.set(false, all, chosen, broker, spec);
  }
}
