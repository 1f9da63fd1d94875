package io.customerpulse.domain.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conditions over questions that are answered by yes or no, as reduced ordered decision diagrams
 * (Bryant 1986): whatever way a condition is put together, it has one number, and one that can't
 * hold has the number {@link #NEVER}.
 */
final class Conditions {
  static final int NEVER = 0;
  static final int ALWAYS = 1;

  /** Some expressions of few questions have diagrams without end; a filter by hand has hundreds. */
  static final int MAX_NODES = 100_000;

  /** A question, and the condition that is left after each answer. */
  private record Node(int question, int yes, int no) {}

  private record Choice(int condition, int yes, int no) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Map<Choice, Integer> chosen = new HashMap<>();
  private final Map<String, Integer> questions = new HashMap<>();

  /** A condition became larger than {@link #MAX_NODES}. */
  static final class TangledException extends RuntimeException {}

  Conditions() {
    // The two ends stand behind every question.
    nodes.add(new Node(Integer.MAX_VALUE, NEVER, NEVER));
    nodes.add(new Node(Integer.MAX_VALUE, ALWAYS, ALWAYS));
  }

  /** Holds where the answer to a question is yes. */
  int question(String text) {
    int question = questions.computeIfAbsent(text, any -> questions.size());
    return node(question, ALWAYS, NEVER);
  }

  int and(int one, int other) {
    return choice(one, other, NEVER);
  }

  int or(int one, int other) {
    return choice(one, ALWAYS, other);
  }

  int not(int condition) {
    return choice(condition, NEVER, ALWAYS);
  }

  /** What one condition says where another holds, and a third where it doesn't. */
  int choice(int condition, int yes, int no) {
    if (condition == ALWAYS || yes == no) {
      return yes;
    }
    if (condition == NEVER) {
      return no;
    }
    Choice choice = new Choice(condition, yes, no);
    Integer known = chosen.get(choice);
    if (known != null) {
      return known;
    }
    int question =
        Math.min(
            nodes.get(condition).question,
            Math.min(nodes.get(yes).question, nodes.get(no).question));
    int result =
        node(
            question,
            choice(
                after(condition, question, true),
                after(yes, question, true),
                after(no, question, true)),
            choice(
                after(condition, question, false),
                after(yes, question, false),
                after(no, question, false)));
    chosen.put(choice, result);
    return result;
  }

  private int after(int condition, int question, boolean answer) {
    Node node = nodes.get(condition);
    if (node.question != question) {
      return condition;
    }
    return answer ? node.yes : node.no;
  }

  private int node(int question, int yes, int no) {
    if (yes == no) {
      return yes;
    }
    Node node = new Node(question, yes, no);
    Integer known = numbers.get(node);
    if (known != null) {
      return known;
    }
    if (nodes.size() >= MAX_NODES) {
      throw new TangledException();
    }
    nodes.add(node);
    numbers.put(node, nodes.size() - 1);
    return nodes.size() - 1;
  }
}
