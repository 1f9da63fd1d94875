package io.customerpulse.client.rules;

import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Says of rules that they are paused, or are no longer. */
final class Pausing {
  private Pausing() {}

  static int set(
      boolean paused, boolean all, ChosenRules chosen, BrokerOptions broker, CommandSpec spec)
      throws InterruptedException {
    if (all != chosen.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "PATH-or-ID: allowed: one rule at least, or --all and no rule");
    }
    String tenantId = broker.tenantId();
    RuleTopic topic = new RuleTopic(broker.settings().kafka());
    Map<String, byte[]> present = topic.read();
    List<RuleChange> words =
        all
            ? List.of(ChosenRules.word(tenantId, PublishedRule.ALL, present))
            : chosen.of(tenantId, present);
    Map<String, TriggerRuleRecord> changed = new TreeMap<>();
    List<String> said = new ArrayList<>();
    for (RuleChange word : words) {
      String name = all ? "All rules" : word.record().getRuleId();
      if (word.record().getPaused() == paused) {
        said.add(name + ": " + (paused ? "paused" : "not paused") + " already.");
      } else {
        RuleChange after = word.pause(paused, Instant.now());
        changed.put(after.key(), after.record());
        said.add(name + ": " + (paused ? "paused." : "resumed."));
      }
    }
    topic.write(changed);
    PrintWriter out = spec.commandLine().getOut();
    said.forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }
}
