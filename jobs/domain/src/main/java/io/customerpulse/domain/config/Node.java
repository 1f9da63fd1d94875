package io.customerpulse.domain.config;

import java.util.List;
import java.util.Map;

/** A value in a YAML or JSON document, with the line it stands on (from 1). */
public sealed interface Node {

  int line();

  /**
   * A single value.
   *
   * @param text as written, whether quoted or not; null for YAML's and JSON's null
   */
  record Scalar(int line, String text) implements Node {}

  record Sequence(int line, List<Node> items) implements Node {}

  /**
   * Keys and values in the order of the document.
   *
   * @param keyLines key → its line
   */
  record Mapping(int line, Map<String, Node> entries, Map<String, Integer> keyLines)
      implements Node {}
}
