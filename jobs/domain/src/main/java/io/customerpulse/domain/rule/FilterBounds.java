package io.customerpulse.domain.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What keeps the cost of a filter within what its text can say, beside the limits of the language's
 * own runtime: brackets no parser's stack is too small for; patterns that stand in the text, so
 * that they are known to be small when the rule is read; and loops that can't build what they loop
 * over, or else each loop could double what the one before it built.
 */
final class FilterBounds {
  /** Brackets within brackets. The parser descends once for each. */
  static final int MAX_NESTING = 32;

  static final int MAX_PATTERN_CHARS = 256;

  private FilterBounds() {}

  /**
   * Looks at a text before it is parsed.
   *
   * @throws IllegalArgumentException where its brackets are nested too deep
   */
  static void checkNesting(String source) {
    int depth = 0;
    for (int at = 0; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '"' || c == '\'') {
        at = endOfText(source, at);
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
        if (depth > MAX_NESTING) {
          throw new IllegalArgumentException(
              place(source, at) + " brackets within brackets; allowed: up to " + MAX_NESTING);
        }
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
  }

  /** The last character of a quoted text, also of one whose end is missing. */
  private static int endOfText(String source, int from) {
    char quote = source.charAt(from);
    for (int at = from + 1; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        return at;
      }
    }
    return source.length();
  }

  private static String place(String source, int at) {
    int line = (int) source.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    int column = at - source.lastIndexOf('\n', at - 1);
    return "at " + line + ":" + column;
  }

  /**
   * Everything in an expression that could cost without bound.
   *
   * @param problemOfPattern says what is wrong with a regular expression; null where nothing is
   */
  static List<String> problems(
      CelAbstractSyntaxTree tree, Function<String, String> problemOfPattern) {
    List<String> problems = new ArrayList<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .forEach(
            node -> {
              problem(node, problemOfPattern)
                  .ifPresent(problem -> problems.add(place(tree, node.id()) + " " + problem));
            });
    return problems;
  }

  private static Optional<String> problem(
      CelNavigableExpr node, Function<String, String> problemOfPattern) {
    if (node.getKind() == Kind.CALL && node.expr().call().function().equals("matches")) {
      List<CelExpr> arguments = node.expr().call().args();
      return problemOfPattern(arguments.get(arguments.size() - 1), problemOfPattern);
    }
    boolean collection = node.getKind() == Kind.LIST || node.getKind() == Kind.MAP;
    if (collection && isLooped(node) && !isConstant(node)) {
      return Optional.of("is put together in a loop; allowed: a list or map of constants");
    }
    return Optional.empty();
  }

  private static Optional<String> problemOfPattern(
      CelExpr pattern, Function<String, String> problemOf) {
    if (pattern.getKind() != Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return Optional.of("takes no pattern but one that stands here as a text");
    }
    String text = pattern.constant().stringValue();
    if (text.length() > MAX_PATTERN_CHARS) {
      return Optional.of(
          "has a pattern of " + text.length() + " characters; allowed: up to " + MAX_PATTERN_CHARS);
    }
    return Optional.ofNullable(problemOf.apply(text));
  }

  /** Whether a loop goes through it, not merely over it. */
  private static boolean isLooped(CelNavigableExpr node) {
    CelNavigableExpr inner = node;
    Optional<CelNavigableExpr> outer = node.parent();
    while (outer.isPresent()) {
      if (outer.get().getKind() == Kind.COMPREHENSION
          && outer.get().expr().comprehension().iterRange().id() != inner.id()) {
        return true;
      }
      inner = outer.get();
      outer = inner.parent();
    }
    return false;
  }

  private static boolean isConstant(CelNavigableExpr collection) {
    return collection
        .descendants()
        .map(CelNavigableExpr::getKind)
        .allMatch(kind -> kind == Kind.CONSTANT || kind == Kind.LIST || kind == Kind.MAP);
  }

  /** Where an expression stands in its text, or what of it is taken for its place. */
  static String place(CelAbstractSyntaxTree tree, long id) {
    CelSource source = tree.getSource();
    return Optional.ofNullable(source.getPositionsMap().get(id))
        .flatMap(source::getOffsetLocation)
        .map(FilterBounds::place)
        .orElse("somewhere");
  }

  private static String place(CelSourceLocation location) {
    return "at " + location.getLine() + ":" + (location.getColumn() + 1);
  }
}
