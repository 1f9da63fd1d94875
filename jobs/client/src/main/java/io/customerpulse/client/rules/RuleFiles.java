package io.customerpulse.client.rules;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.rule.RuleDefinition;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.SegmentCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules in files that were named as arguments, all of them or none. */
final class RuleFiles {
  private RuleFiles() {}

  /**
   * The rules of files and directories.
   *
   * @param segments those that rules may wait for
   * @throws ConfigurationException with everything that is wrong in all of them
   */
  static List<RuleDefinition> read(List<Path> paths, SegmentNames segments) {
    Problems problems = new Problems();
    List<RuleDefinition> definitions = new ArrayList<>();
    Map<String, Path> places = new HashMap<>();
    for (Path path : paths) {
      try {
        for (RuleDefinition definition : RuleReader.readDefinitions(path)) {
          Path first = places.putIfAbsent(definition.rule().id(), path);
          if (first != null) {
            problems.add(
                definition.problem("id", "is the id of another rule already, in " + first));
          }
          SegmentCheck.check(
              definition.file(), definition.line(), definition.rule(), segments, problems);
          definitions.add(definition);
        }
      } catch (ConfigurationException e) {
        e.problems().forEach(problems::add);
      }
    }
    if (definitions.isEmpty() && problems.count() == 0) {
      problems.add(new Problem(paths.get(0).toString(), 0, "", null, "has no rules"));
    }
    problems.throwIfAny();
    return definitions;
  }

  /** Says what the filters of rules rely on without asking, which is no error. */
  static void warn(List<RuleDefinition> definitions, PrintWriter err) {
    for (RuleDefinition definition : definitions) {
      definition.warnings().forEach(warning -> err.println("warning: " + warning));
    }
    err.flush();
  }
}
