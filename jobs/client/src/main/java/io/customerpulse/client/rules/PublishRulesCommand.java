package io.customerpulse.client.rules;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.RuleDefinition;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings.Clock;
import io.customerpulse.schemas.TriggerRuleRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives running jobs new versions of rules, all that are named or none. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Gives running jobs the rules of files. If anything is wrong with one of them, none leaves. A"
          + " version must be higher than the one that is published; the same one again changes"
          + " nothing.",
      "A rule opens episodes from its activated_at on, else 30 seconds from now (with time.clock:"
          + " event, where there is no now, from the beginning). Live episodes keep their version."
    })
final class PublishRulesCommand implements Callable<Integer> {
  /** So that every part of a job has a rule before event time gets there. */
  static final Duration LEAD = Duration.ofSeconds(30);

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files of rules (YAML or JSON), or directories of them.")
  private List<Path> paths;

  @Mixin private BrokerOptions broker;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DeploymentSettings settings = broker.settings();
    List<RuleDefinition> definitions =
        RuleFiles.read(paths, settings.domain().rfm().segmentNames());
    String tenantId = broker.tenantId();
    RuleTopic topic = new RuleTopic(settings.kafka());
    Map<String, byte[]> present = topic.read();
    Instant now = Instant.now();
    Problems problems = new Problems();
    Map<String, TriggerRuleRecord> changed = new TreeMap<>();
    List<String> said = new ArrayList<>();
    for (RuleDefinition definition : definitions) {
      plan(definition, present, tenantId, settings, now, problems, changed, said);
    }
    long added = changed.keySet().stream().filter(key -> !present.containsKey(key)).count();
    if (present.size() + added > RuleSet.MAX_RULES) {
      problems.add(
          new Problem(
              paths.get(0).toString(),
              0,
              "",
              null,
              present.size() + " rules are published; allowed: up to " + RuleSet.MAX_RULES));
    }
    problems.throwIfAny();
    RuleFiles.warn(definitions, spec.commandLine().getErr());
    topic.write(changed);
    PrintWriter out = spec.commandLine().getOut();
    said.forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }

  private static void plan(
      RuleDefinition definition,
      Map<String, byte[]> present,
      String tenantId,
      DeploymentSettings settings,
      Instant now,
      Problems problems,
      Map<String, TriggerRuleRecord> changed,
      List<String> said) {
    String ruleId = definition.rule().id();
    String name = ruleId + " v" + definition.rule().version();
    byte[] value = present.get(PublishedRule.key(tenantId, ruleId));
    try {
      RuleChange before =
          value == null
              ? RuleChange.ofNothing(tenantId, ruleId)
              : new RuleChange(new RuleRecords().decode(value));
      Instant activatedAt = activatedAt(definition, settings, now);
      Optional<RuleChange> after = before.publish(definition, activatedAt, now);
      if (after.isEmpty()) {
        said.add(name + ": is published already, nothing changed.");
        return;
      }
      changed.put(after.get().key(), after.get().record());
      String from = activatedAt == null ? "the beginning" : activatedAt.toString();
      String paused = after.get().record().getPaused() ? ", paused" : "";
      said.add(name + ": published, active from " + from + paused + ".");
    } catch (RuleChange.RefusedException e) {
      problems.add(e.problem());
    } catch (IllegalArgumentException e) {
      // Somebody wrote there what is no rule; the jobs have refused it.
      changed.put(
          PublishedRule.key(tenantId, ruleId), overBroken(definition, tenantId, settings, now));
      said.add(name + ": published over a record that could not be read.");
    }
  }

  private static TriggerRuleRecord overBroken(
      RuleDefinition definition, String tenantId, DeploymentSettings settings, Instant now) {
    try {
      return RuleChange.ofNothing(tenantId, definition.rule().id())
          .publish(definition, activatedAt(definition, settings, now), now)
          .orElseThrow()
          .record();
    } catch (RuleChange.RefusedException e) {
      throw new IllegalStateException("Nothing refuses a first version", e);
    }
  }

  private static Instant activatedAt(
      RuleDefinition definition, DeploymentSettings settings, Instant now) {
    if (definition.rule().activatedAt() != null) {
      return definition.rule().activatedAt();
    }
    return settings.domain().time().clock() == Clock.WALL ? now.plus(LEAD) : null;
  }
}
