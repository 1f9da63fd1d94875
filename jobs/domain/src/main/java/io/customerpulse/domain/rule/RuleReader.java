package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.DocumentReader;
import io.customerpulse.domain.config.DocumentWriter;
import io.customerpulse.domain.config.Node;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads rules from YAML or JSON: files with one rule, or with several below {@code rules}. If
 * anything is wrong, nothing is taken.
 */
public final class RuleReader {
  private final Problems problems = new Problems();
  private final List<RuleDefinition> definitions = new ArrayList<>();

  /** Rule id → where it was first read. */
  private final Map<String, String> places = new HashMap<>();

  private final RuleKinds kinds;

  private RuleReader(RuleKinds kinds) {
    this.kinds = kinds;
  }

  /**
   * The rules of a file, or of all .yaml, .yml and .json files of a directory.
   *
   * @throws ConfigurationException with everything that is wrong in them
   */
  public static RuleSet read(Path path) {
    return ruleSet(readDefinitions(path));
  }

  /**
   * The same rules, as they are put there.
   *
   * @throws ConfigurationException with everything that is wrong in them
   */
  public static List<RuleDefinition> readDefinitions(Path path) {
    RuleReader reader = new RuleReader(RuleKinds.installed());
    for (Path file : reader.files(path)) {
      Optional<Node> document = DocumentReader.read(file, reader.problems);
      reader.readDocument(file.toString(), document);
    }
    return reader.finish(path.toString());
  }

  /**
   * The rules in a text.
   *
   * @param name how problems call the text; JSON if it ends in .json
   * @throws ConfigurationException with everything that is wrong in it
   */
  public static RuleSet read(String name, String text) {
    return read(name, text, RuleKinds.installed());
  }

  /** As {@link #read(String, String)}, of certain kinds. */
  public static RuleSet read(String name, String text, RuleKinds kinds) {
    RuleReader reader = new RuleReader(kinds);
    reader.readDocument(name, new DocumentReader(name, reader.problems).read(text));
    return ruleSet(reader.finish(name));
  }

  private static RuleSet ruleSet(List<RuleDefinition> definitions) {
    return RuleSet.of(definitions.stream().map(RuleDefinition::rule).toList());
  }

  private List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files = entries.filter(RuleReader::isRuleFile).sorted().toList();
      if (files.isEmpty()) {
        problem(path.toString(), "has no rule files; allowed: .yaml, .yml and .json files");
      }
      return files;
    } catch (IOException e) {
      problem(path.toString(), "cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private static boolean isRuleFile(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path)
        && !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private void readDocument(String file, Optional<Node> document) {
    if (document.isEmpty()) {
      return;
    }
    Section root = Section.root(file, document, problems);
    if (root.keys().contains("id")) {
      readRule(root, document.get());
      return;
    }
    List<Node> items = root.items("rules");
    for (int i = 0; i < items.size(); i++) {
      readRule(root.item("rules[" + i + "]", items.get(i)), items.get(i));
    }
    root.refuseUnknownKeys();
  }

  private void readRule(Section section, Node node) {
    int before = problems.count();
    Rule rule = RuleSection.read(section, kinds);
    String id = rule.id();
    if (id != null) {
      String place = section.file() + ":" + section.line();
      String first = places.putIfAbsent(id, place);
      if (first != null) {
        section.refuse("id", "is the id of another rule already, at " + first);
      }
    }
    if (problems.count() == before) {
      definitions.add(new RuleDefinition(rule, json(node), section.file(), section.line()));
    }
  }

  private static String json(Node node) {
    Node.Mapping mapping = (Node.Mapping) node;
    Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
    entries.remove("activated_at");
    return DocumentWriter.json(new Node.Mapping(mapping.line(), entries, mapping.keyLines()));
  }

  private List<RuleDefinition> finish(String name) {
    if (definitions.size() > RuleSet.MAX_RULES) {
      problem(name, "has " + definitions.size() + " rules; allowed: up to " + RuleSet.MAX_RULES);
    }
    problems.throwIfAny();
    return List.copyOf(definitions);
  }

  private void problem(String file, String message) {
    problems.add(new Problem(file, 0, "", null, message));
  }
}
