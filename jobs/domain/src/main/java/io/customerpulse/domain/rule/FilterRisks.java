package io.customerpulse.domain.rule;

import static io.customerpulse.domain.rule.Conditions.ALWAYS;
import static io.customerpulse.domain.rule.Conditions.NEVER;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.parser.Operator;
import io.customerpulse.domain.rule.FilterOutcomes.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a filter can fail on what is unset, or on a division by 0: its text followed with nothing
 * known but the types of its parts, what it asks itself, and {@link FilterFacts}.
 *
 * <p>It sees what {@code has}, {@code in} and comparisons with constants tell, and how these are
 * put together. What it can't see it warns of: that a loop ends before it comes to what fails, that
 * two numbers are related which are compared with each other. It doesn't look for other failures:
 * attributes of another type than the filter takes them for, numbers that grow too large, texts
 * that are no time.
 */
final class FilterRisks {
  private static final String CONSEQUENCE = ", which suppresses the step as filter_error";

  private final CelAbstractSyntaxTree tree;
  private final FilterTexts texts;
  private final FilterQuestions questions;
  private final Conditions conditions = new Conditions();
  private final FilterOutcomes outcomes = new FilterOutcomes(conditions);
  private final FilterNumbers numbers = new FilterNumbers(conditions);

  /** By the number of the expression: a divisor is looked at twice. */
  private final Map<Long, Outcome> known = new HashMap<>();

  /** What may fail → what to say of it, in the order in which it is come upon. */
  private final Map<String, String> warnings = new LinkedHashMap<>();

  private FilterRisks(CelAbstractSyntaxTree tree, TriggerKind kind) {
    this.tree = tree;
    texts = new FilterTexts(tree);
    questions = new FilterQuestions(conditions, numbers, texts, kind);
  }

  /** A sentence on each thing that a checked expression relies on without asking. */
  static List<String> of(CelAbstractSyntaxTree tree, TriggerKind kind) {
    try {
      return new FilterRisks(tree, kind).risks();
    } catch (Conditions.TangledException e) {
      return List.of("is too tangled to see whether it asks for what may be unset or 0");
    }
  }

  private List<String> risks() {
    Map<String, Integer> failures = look(tree.getExpr()).failures();
    int possible = numbers.possible();
    return warnings.entrySet().stream()
        .filter(
            warning ->
                conditions.and(failures.getOrDefault(warning.getKey(), NEVER), possible) != NEVER)
        .map(Map.Entry::getValue)
        .toList();
  }

  private Outcome look(CelExpr expr) {
    Outcome outcome = known.get(expr.id());
    if (outcome == null) {
      outcome =
          switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case COMPREHENSION -> loop(expr);
            case LIST -> opaque(expr, expr.list().elements());
            case MAP -> opaque(expr, parts(expr.map()));
            default -> opaque(expr, List.of());
          };
      known.put(expr.id(), outcome);
    }
    return outcome;
  }

  private static List<CelExpr> parts(CelExpr.CelMap map) {
    List<CelExpr> parts = new ArrayList<>();
    map.entries().forEach(entry -> parts.addAll(List.of(entry.key(), entry.value())));
    return parts;
  }

  private Outcome constant(CelConstant constant) {
    boolean no = constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE && !constant.booleanValue();
    return outcomes.ofAll(List.of(), no ? NEVER : ALWAYS);
  }

  private Outcome call(CelExpr expr) {
    List<CelExpr> args = expr.call().args();
    Operator operator = Operator.findReverse(expr.call().function()).orElse(null);
    if (operator == null) {
      List<CelExpr> parts = new ArrayList<>(args);
      expr.call().target().ifPresent(parts::add);
      return opaque(expr, parts);
    }
    return switch (operator) {
      case LOGICAL_AND -> outcomes.and(look(args.get(0)), look(args.get(1)));
      case LOGICAL_OR -> outcomes.or(look(args.get(0)), look(args.get(1)));
      case LOGICAL_NOT -> outcomes.not(look(args.get(0)));
      case CONDITIONAL -> outcomes.choice(look(args.get(0)), look(args.get(1)), look(args.get(2)));
      case EQUALS, NOT_EQUALS, LESS, LESS_EQUALS, GREATER, GREATER_EQUALS ->
          comparison(expr, operator, args.get(0), args.get(1));
      case IN -> in(expr, args.get(0), args.get(1));
      case INDEX -> element(expr, args.get(0), args.get(1));
      case DIVIDE, MODULO -> division(expr, args.get(1));
      default -> opaque(expr, args);
    };
  }

  /** Needs all its parts; of a truth value nothing more is known than that it stays the same. */
  private Outcome opaque(CelExpr expr, List<CelExpr> parts) {
    return holding(parts, conditions.question(texts.key(expr)));
  }

  private Outcome holding(List<CelExpr> parts, int holds) {
    return outcomes.ofAll(parts.stream().map(this::look).toList(), holds);
  }

  /** Any element may be looked at, and any number of them. */
  private Outcome loop(CelExpr expr) {
    Outcome range = look(expr.comprehension().iterRange());
    texts.enter(expr);
    Outcome step = look(expr.comprehension().loopStep());
    texts.leave();
    return outcomes.loop(range, step, conditions.question(texts.key(expr)));
  }

  private Outcome comparison(CelExpr expr, Operator operator, CelExpr left, CelExpr right) {
    boolean truths = type(left) == CelKind.BOOL && type(right) == CelKind.BOOL;
    if (truths && operator == Operator.EQUALS) {
      return outcomes.same(look(left), look(right));
    }
    if (truths && operator == Operator.NOT_EQUALS) {
      return outcomes.not(outcomes.same(look(left), look(right)));
    }
    List<CelExpr> parts = List.of(left, right);
    Integer holds = questions.compared(operator, left, right);
    return holds == null ? opaque(expr, parts) : holding(parts, holds);
  }

  private Outcome in(CelExpr expr, CelExpr key, CelExpr range) {
    List<CelExpr> parts = List.of(key, range);
    if (type(range) != CelKind.LIST) {
      return holding(parts, questions.hasKey(range, key));
    }
    if (range.getKind() != Kind.LIST) {
      return opaque(expr, parts);
    }
    int any = NEVER;
    for (CelExpr element : range.list().elements()) {
      Integer same = questions.compared(Operator.EQUALS, key, element);
      if (same == null) {
        return opaque(expr, parts);
      }
      any = conditions.or(any, same);
    }
    return holding(parts, any);
  }

  private Outcome select(CelExpr expr) {
    CelExpr operand = expr.select().operand();
    String field = expr.select().field();
    boolean isField = texts.isVariable(operand);
    int set =
        isField
            ? questions.isSet(texts.key(operand) + "." + field)
            : questions.hasKey(operand, field);
    if (expr.select().testOnly()) {
      return holding(List.of(operand), set);
    }
    String text = texts.text(expr);
    String asked = "has(" + text + ")";
    return unless(expr, List.of(operand), set, unset(text, asked, "!" + asked));
  }

  private Outcome element(CelExpr expr, CelExpr range, CelExpr key) {
    List<CelExpr> parts = List.of(range, key);
    String text = texts.text(expr);
    if (type(range) == CelKind.LIST) {
      int there = isPlace(range, key) ? ALWAYS : conditions.question(texts.key(expr));
      return unless(expr, parts, there, text + " may lie outside the list" + CONSEQUENCE);
    }
    String asked = texts.text(key) + " in " + texts.text(range);
    return unless(
        expr, parts, questions.hasKey(range, key), unset(text, asked, "!(" + asked + ")"));
  }

  /** Whether a constant is the place of an element, from 0, of a list that stands there. */
  private static boolean isPlace(CelExpr list, CelExpr key) {
    BigDecimal place = FilterNumbers.number(key);
    return place != null
        && list.getKind() == Kind.LIST
        && place.signum() >= 0
        && place.compareTo(BigDecimal.valueOf(list.list().elements().size())) < 0;
  }

  private static String unset(String text, String asked, String denied) {
    return text
        + " may be unset"
        + CONSEQUENCE
        + "; ask first: "
        + asked
        + " && …, or "
        + denied
        + " || …";
  }

  private Outcome division(CelExpr expr, CelExpr divisor) {
    List<CelExpr> args = expr.call().args();
    if (!FilterNumbers.mayBeWhole(type(divisor))) {
      return opaque(expr, args);
    }
    String text = texts.text(divisor);
    Integer least = FilterFacts.least(text);
    String asked = text + (least == null ? " != 0" : " > 0");
    String warning =
        text + " may be 0 in " + texts.text(expr) + CONSEQUENCE + "; ask first: " + asked + " && …";
    return unless(expr, args, conditions.not(equal(divisor, BigDecimal.ZERO)), warning);
  }

  /** When an expression has a value; where that isn't to be seen, more often than it has. */
  private int equal(CelExpr expr, BigDecimal value) {
    FilterNumbers.Shifted shifted = FilterNumbers.shifted(expr);
    CelExpr term = shifted.term();
    BigDecimal wanted = value.subtract(shifted.by());
    if (term.getKind() == Kind.CONSTANT) {
      BigDecimal number = FilterNumbers.number(term.constant());
      return number != null && number.compareTo(wanted) == 0 ? ALWAYS : NEVER;
    }
    int equal = numbers.equal(texts.key(term), type(term) != CelKind.DYN, wanted);
    return conditions.and(equal, byParts(term, wanted));
  }

  /** What its parts must be for an expression to have a value. */
  private int byParts(CelExpr expr, BigDecimal value) {
    if (expr.getKind() != Kind.CALL) {
      return ALWAYS;
    }
    List<CelExpr> args = expr.call().args();
    return switch (Operator.findReverse(expr.call().function()).orElse(Operator.HAS)) {
      case NEGATE -> equal(args.get(0), value.negate());
      case SUBTRACT -> {
        BigDecimal from = FilterNumbers.number(args.get(0));
        yield from == null ? ALWAYS : equal(args.get(1), from.subtract(value));
      }
      case MULTIPLY ->
          value.signum() == 0
              ? conditions.or(equal(args.get(0), value), equal(args.get(1), value))
              : ALWAYS;
      case CONDITIONAL ->
          outcomes.either(look(args.get(0)), equal(args.get(1), value), equal(args.get(2), value));
      default -> ALWAYS;
    };
  }

  private Outcome unless(CelExpr expr, List<CelExpr> parts, int fine, String warning) {
    String what = texts.key(expr);
    warnings.putIfAbsent(what, FilterBounds.place(tree, expr.id()) + " " + warning);
    return outcomes.failing(opaque(expr, parts), what, conditions.not(fine));
  }

  private CelKind type(CelExpr expr) {
    return texts.type(expr);
  }
}
