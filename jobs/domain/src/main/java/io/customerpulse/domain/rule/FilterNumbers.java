package io.customerpulse.domain.rule;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.parser.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a filter's comparisons say of the numbers they compare with constants, so that {@code
 * customer.orders > 2} is known to rule out 0. Each comparison becomes questions of the form "is it
 * at most so much", and {@link #possible} says which answers go together.
 */
final class FilterNumbers {
  /** At most a value, or below it. */
  private record Bound(BigDecimal value, boolean inclusive) {
    static final Comparator<Bound> BY_HEIGHT =
        Comparator.comparing(Bound::value).thenComparing(Bound::inclusive);
  }

  /** A number that is another one and a constant. */
  record Shifted(CelExpr term, BigDecimal by) {}

  private final Conditions conditions;
  private final Map<String, TreeMap<Bound, Integer>> bounds = new HashMap<>();

  FilterNumbers(Conditions conditions) {
    this.conditions = conditions;
  }

  /**
   * When a comparison with a constant holds.
   *
   * @param term what is compared: the same text is the same number
   * @param whole whether it is a whole number whenever it is one at all
   */
  int compared(String term, boolean whole, Operator operator, BigDecimal constant) {
    return switch (operator) {
      case LESS -> below(term, whole, constant);
      case LESS_EQUALS -> atMost(term, whole, constant);
      case GREATER -> conditions.not(atMost(term, whole, constant));
      case GREATER_EQUALS -> conditions.not(below(term, whole, constant));
      case EQUALS -> equal(term, whole, constant);
      case NOT_EQUALS -> conditions.not(equal(term, whole, constant));
      default -> throw new IllegalArgumentException("No comparison: " + operator);
    };
  }

  /** When a number has a value. */
  int equal(String term, boolean whole, BigDecimal value) {
    return conditions.and(atMost(term, whole, value), conditions.not(below(term, whole, value)));
  }

  private int atMost(String term, boolean whole, BigDecimal value) {
    return bound(term, new Bound(whole ? value.setScale(0, RoundingMode.FLOOR) : value, true));
  }

  private int below(String term, boolean whole, BigDecimal value) {
    if (!whole) {
      return bound(term, new Bound(value, false));
    }
    BigDecimal next = value.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
    return bound(term, new Bound(next, true));
  }

  private int bound(String term, Bound bound) {
    return bounds
        .computeIfAbsent(term, any -> new TreeMap<>(Bound.BY_HEIGHT))
        .computeIfAbsent(bound, any -> conditions.question(term + " is up to " + bound));
  }

  /** Holds for answers that some numbers give to all questions that were asked. */
  int possible() {
    int all = Conditions.ALWAYS;
    for (Map.Entry<String, TreeMap<Bound, Integer>> term : bounds.entrySet()) {
      Integer least = FilterFacts.least(term.getKey());
      int lower = Conditions.NEVER;
      for (Map.Entry<Bound, Integer> bound : term.getValue().entrySet()) {
        boolean tooLow =
            least != null && bound.getKey().value().compareTo(BigDecimal.valueOf(least)) < 0;
        int holds = bound.getValue();
        all =
            conditions.and(
                all,
                tooLow
                    ? conditions.not(holds)
                    : conditions.choice(lower, holds, Conditions.ALWAYS));
        lower = holds;
      }
    }
    return all;
  }

  /** Whether it can be a number that nothing lies beside, and that can't be divided by 0. */
  static boolean mayBeWhole(CelKind type) {
    return type == CelKind.INT || type == CelKind.UINT || type == CelKind.DYN;
  }

  /** Without the constants that are added to it: {@code customer.orders} of it less 1. */
  static Shifted shifted(CelExpr expr) {
    CelExpr term = expr;
    BigDecimal by = BigDecimal.ZERO;
    while (term.getKind() == Kind.CALL && term.call().args().size() == 2) {
      List<CelExpr> args = term.call().args();
      boolean minus = term.call().function().equals(Operator.SUBTRACT.getFunction());
      boolean plus = term.call().function().equals(Operator.ADD.getFunction());
      BigDecimal left = number(args.get(0));
      BigDecimal right = number(args.get(1));
      if ((plus || minus) && right != null) {
        by = plus ? by.add(right) : by.subtract(right);
        term = args.get(0);
      } else if (plus && left != null) {
        by = by.add(left);
        term = args.get(1);
      } else {
        break;
      }
    }
    return new Shifted(term, by);
  }

  /** Null where the expression is no constant number. */
  static BigDecimal number(CelExpr expr) {
    return expr.getKind() == Kind.CONSTANT ? number(expr.constant()) : null;
  }

  /** Null where the constant is none. */
  static BigDecimal number(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> BigDecimal.valueOf(constant.int64Value());
      case UINT64_VALUE -> new BigDecimal(constant.uint64Value().bigIntegerValue());
      case DOUBLE_VALUE ->
          Double.isFinite(constant.doubleValue()) ? new BigDecimal(constant.doubleValue()) : null;
      default -> null;
    };
  }
}
