package io.customerpulse.client.rules;

import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.client.cli.TextTable;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What stands on the topic of rules. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is published: each rule with its newest version. Rules of the jobs' own files are"
          + " there only where something was said of them."
    })
final class ListRulesCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("RULE", "TENANT", "VERSION", "KIND", "STATE", "ACTIVE FROM");

  @Mixin private BrokerOptions broker;

  @Option(names = "--json", description = "The records as JSON lines.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, byte[]> present = new RuleTopic(broker.settings().kafka()).read();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonRendering rendering = new JsonRendering();
      RuleRecords records = new RuleRecords();
      present.values().forEach(value -> out.println(rendering.line(records.decode(value))));
    } else if (present.isEmpty()) {
      out.println("No rule is published; jobs use those of their own files.");
    } else {
      List<List<String>> rows = new ArrayList<>(List.of(HEADER));
      present.forEach((key, value) -> rows.add(row(key, value)));
      TextTable.print(rows, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static List<String> row(String key, byte[] value) {
    try {
      PublishedRule word = new RuleRecords().read(key, value);
      boolean all = word.ruleId().equals(PublishedRule.ALL);
      String tenant = word.tenantId().equals(PublishedRule.ALL) ? "all" : word.tenantId();
      if (word.versions().isEmpty()) {
        return List.of(all ? "all rules" : word.ruleId(), tenant, "files", "", state(word), "");
      }
      Rule newest = word.versions().get(word.versions().size() - 1);
      return List.of(
          word.ruleId(),
          tenant,
          Integer.toString(newest.version()),
          newest.kind().wireName(),
          state(word),
          newest.activatedAt() == null ? "the beginning" : newest.activatedAt().toString());
    } catch (IllegalArgumentException e) {
      return List.of(key, "", "", "", "refused: " + e.getMessage(), "");
    }
  }

  private static String state(PublishedRule word) {
    if (word.retiredAt() != null) {
      String from = word.retiredAt().equals(Instant.EPOCH) ? "" : " from " + word.retiredAt();
      return "retired" + from + (word.endLive() ? " with what is live" : "");
    }
    return word.paused() ? "paused" : "active";
  }
}
