package io.customerpulse.domain.rule;

import static io.customerpulse.domain.rule.Conditions.ALWAYS;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.parser.Operator;
import java.math.BigDecimal;

/** What a filter can ask of what it sees, as conditions: what is set, what has which value. */
final class FilterQuestions {
  private final Conditions conditions;
  private final FilterNumbers numbers;
  private final FilterTexts texts;
  private final TriggerKind kind;

  FilterQuestions(
      Conditions conditions, FilterNumbers numbers, FilterTexts texts, TriggerKind kind) {
    this.conditions = conditions;
    this.numbers = numbers;
    this.texts = texts;
    this.kind = kind;
  }

  /** When a comparison holds; null where nothing is known of it. */
  Integer compared(Operator operator, CelExpr left, CelExpr right) {
    if (right.getKind() == Kind.CONSTANT) {
      return compared(operator, left, right.constant());
    }
    return left.getKind() == Kind.CONSTANT
        ? compared(mirrored(operator), right, left.constant())
        : null;
  }

  private static Operator mirrored(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_EQUALS -> Operator.GREATER_EQUALS;
      case GREATER -> Operator.LESS;
      case GREATER_EQUALS -> Operator.LESS_EQUALS;
      default -> operator;
    };
  }

  private Integer compared(Operator operator, CelExpr left, CelConstant constant) {
    BigDecimal number = FilterNumbers.number(constant);
    if (number != null && FilterNumbers.mayBeWhole(texts.type(left))) {
      FilterNumbers.Shifted shifted = FilterNumbers.shifted(left);
      BigDecimal value = number.subtract(shifted.by());
      String term = texts.key(shifted.term());
      return numbers.compared(term, texts.type(left) != CelKind.DYN, operator, value);
    }
    if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
      int same = isText(texts.key(left), constant.stringValue());
      if (operator == Operator.EQUALS) {
        return same;
      }
      return operator == Operator.NOT_EQUALS ? conditions.not(same) : null;
    }
    return null;
  }

  private int isText(String term, String value) {
    return conditions.question(term + " is '" + value + "'");
  }

  /** When a map has a key. */
  int hasKey(CelExpr map, CelExpr key) {
    if (key.getKind() == Kind.CONSTANT
        && key.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      return hasKey(map, key.constant().stringValue());
    }
    return texts.isKeyOf(key, map)
        ? ALWAYS
        : conditions.question(texts.key(key) + " in " + texts.key(map));
  }

  int hasKey(CelExpr map, String key) {
    return conditions.question("'" + key + "' in " + texts.key(map));
  }

  /** When a field of a variable is set. */
  int isSet(String field) {
    if (FilterFacts.isAlwaysSet(kind, field)) {
      return ALWAYS;
    }
    if (FilterFacts.isOfBuyers(field)) {
      return conditions.not(numbers.equal(FilterFacts.ORDERS, true, BigDecimal.ZERO));
    }
    String type = FilterFacts.eventType(field);
    return type == null
        ? conditions.question(FilterFacts.setWith(field) + " is set")
        : conditions.and(isSet(FilterFacts.EVENT_TYPE), isText(FilterFacts.EVENT_TYPE, type));
  }
}
