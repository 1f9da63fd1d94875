package io.customerpulse.client.rules;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.domain.config.Nearest;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rules that are named by their ids, or by files that define them. */
final class ChosenRules {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH-or-ID",
      description = "Ids of rules, or files that define them.")
  private List<String> names = List.of();

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "The files that the jobs were started with [config/rules].")
  private Path files;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * The word on each chosen rule as it is.
   *
   * @param present the records of the topic
   */
  List<RuleChange> of(String tenantId, Map<String, byte[]> present) {
    Set<String> ids = new LinkedHashSet<>();
    for (String name : names) {
      if (!ID.matcher(name).matches() || Files.exists(Path.of(name))) {
        RuleReader.read(Path.of(name)).all().forEach(rule -> ids.add(rule.id()));
      } else {
        checkKnown(name, tenantId, present);
        ids.add(name);
      }
    }
    return ids.stream().map(id -> word(tenantId, id, present)).toList();
  }

  /** What stands on the topic for a rule, or that nothing does. */
  static RuleChange word(String tenantId, String ruleId, Map<String, byte[]> present) {
    byte[] value = present.get(PublishedRule.key(tenantId, ruleId));
    return value == null
        ? RuleChange.ofNothing(tenantId, ruleId)
        : new RuleChange(new RuleRecords().decode(value));
  }

  private void checkKnown(String id, String tenantId, Map<String, byte[]> present) {
    Set<String> known = new TreeSet<>();
    for (String key : present.keySet()) {
      int colon = key.lastIndexOf(':');
      if (colon > 0
          && (key.substring(0, colon).equals(tenantId)
              || key.substring(0, colon).equals(PublishedRule.ALL))) {
        known.add(key.substring(colon + 1));
      }
    }
    Path path = files == null ? Installation.current().rules() : files;
    if (files != null || Files.exists(path)) {
      RuleReader.read(path).all().stream().map(Rule::id).forEach(known::add);
    }
    if (!known.contains(id)) {
      String meant = Nearest.to(id, known).map(near -> "; did you mean " + near + "?").orElse("");
      throw new ParameterException(
          spec.commandLine(),
          "PATH-or-ID: '"
              + id
              + "' is no published rule, and none of the files of the jobs"
              + meant
              + "; allowed: "
              + String.join(", ", known));
    }
  }
}
