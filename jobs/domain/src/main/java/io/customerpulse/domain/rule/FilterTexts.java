package io.customerpulse.domain.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.parser.CelUnparserVisitor;
import dev.cel.parser.Operator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/** How the parts of a filter are written, of which type they are, and which are the same. */
final class FilterTexts {
  private final CelAbstractSyntaxTree tree;

  /** The loops around what is looked at, the innermost first. */
  private final Deque<CelExpr> loops = new ArrayDeque<>();

  FilterTexts(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  void enter(CelExpr loop) {
    loops.push(loop);
  }

  void leave() {
    loops.pop();
  }

  CelKind type(CelExpr expr) {
    return tree.getType(expr.id()).map(CelType::kind).orElse(CelKind.DYN);
  }

  /** As a person would write it. */
  String text(CelExpr expr) {
    return new CelUnparserVisitor(tree).unparse(expr);
  }

  /** Equal for what has the same value at one time: elements of two loops differ. */
  String key(CelExpr expr) {
    TreeSet<Long> of = new TreeSet<>();
    CelNavigableExpr.fromExpr(expr)
        .allNodes()
        .filter(node -> node.getKind() == Kind.IDENT)
        .map(node -> loopOf(node.expr().ident().name()))
        .filter(loop -> loop != null)
        .forEach(loop -> of.add(loop.id()));
    String name = name(expr);
    return of.isEmpty() ? name : name + " of " + of;
  }

  /** A key in brackets is one after a dot. */
  private String name(CelExpr expr) {
    if (expr.getKind() == Kind.CALL
        && expr.call().function().equals(Operator.INDEX.getFunction())
        && expr.call().args().get(1).getKind() == Kind.CONSTANT
        && expr.call().args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      List<CelExpr> args = expr.call().args();
      return text(args.get(0)) + "." + args.get(1).constant().stringValue();
    }
    return text(expr);
  }

  /** Whether it is a variable of filters, and no element of a loop that has its name. */
  boolean isVariable(CelExpr expr) {
    return expr.getKind() == Kind.IDENT && loopOf(expr.ident().name()) == null;
  }

  /** Whether it is what a loop over a map's keys is at. */
  boolean isKeyOf(CelExpr expr, CelExpr map) {
    if (expr.getKind() != Kind.IDENT) {
      return false;
    }
    CelExpr loop = loopOf(expr.ident().name());
    return loop != null
        && loop.comprehension().iterVar().equals(expr.ident().name())
        && key(loop.comprehension().iterRange()).equals(key(map));
  }

  /** The loop that an identifier is bound by; null for none. */
  private CelExpr loopOf(String name) {
    for (CelExpr loop : loops) {
      CelComprehension bound = loop.comprehension();
      if (bound.iterVar().equals(name) || bound.accuVar().equals(name)) {
        return loop;
      }
    }
    return null;
  }
}
