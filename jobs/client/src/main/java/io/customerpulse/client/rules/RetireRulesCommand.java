package io.customerpulse.client.rules;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.settings.Settings.Clock;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ends rules for good, or until a higher version is published. */
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    description = {
      "Ends rules: from 30 seconds of event time from now they open no episodes (with time.clock:"
          + " event at once). What is live goes on to its end, or ends without a word with"
          + " --end-live. A higher version brings a rule back."
    })
final class RetireRulesCommand implements Callable<Integer> {
  @Mixin private ChosenRules chosen;
  @Mixin private BrokerOptions broker;

  @Option(names = "--end-live", description = "End what is live, too.")
  private boolean endLive;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (chosen.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "PATH-or-ID: allowed: one rule at least");
    }
    DeploymentSettings settings = broker.settings();
    RuleTopic topic = new RuleTopic(settings.kafka());
    Instant now = Instant.now();
    Instant at =
        settings.domain().time().clock() == Clock.WALL
            ? now.plus(PublishRulesCommand.LEAD)
            : Instant.EPOCH;
    Map<String, TriggerRuleRecord> changed = new TreeMap<>();
    List<String> said = new ArrayList<>();
    for (RuleChange word : chosen.of(broker.tenantId(), topic.read())) {
      String id = word.record().getRuleId();
      if (word.record().getRetiredAt() != null && word.record().getEndLive() == endLive) {
        said.add(id + ": retired already, from " + word.record().getRetiredAt() + ".");
      } else {
        RuleChange after = word.retire(at, endLive, now);
        changed.put(after.key(), after.record());
        said.add(id + ": retired" + (endLive ? " with what is live." : "; what is live goes on."));
      }
    }
    topic.write(changed);
    PrintWriter out = spec.commandLine().getOut();
    said.forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }
}
