package io.customerpulse.domain.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A filter in the Common Expression Language. Only its text is serialised: the program is compiled
 * again where it arrives.
 */
final class CelFilter implements RuleFilter {
  private static final int MAX_CHARS = 4096;

  /** Operations within operations, such as the sum of so many numbers. */
  private static final int MAX_DEPTH = 100;

  /**
   * A filter that loops longer, over all its loops, fails; the runtime has no other way to end one.
   * Enough to hold the 50 attributes there may be against 20 values.
   */
  private static final int MAX_ITERATIONS = 1_000;

  /** Instructions of a regular expression: what matching costs per character. */
  private static final int MAX_PATTERN_SIZE = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_CHARS)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxRegexProgramSize(MAX_PATTERN_SIZE)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .enableHeterogeneousNumericComparisons(true)
          // Without them a loop can't be written down again.
          .populateMacroCalls(true)
          .build();

  /** Those that ask. Those that make another list of one can double it with each. */
  private static final List<CelStandardMacro> MACROS =
      List.of(
          CelStandardMacro.HAS,
          CelStandardMacro.ALL,
          CelStandardMacro.EXISTS,
          CelStandardMacro.EXISTS_ONE);

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(MACROS)
          .setTypeProvider(FilterSchema.INSTANCE)
          .addVarDeclarations(FilterSchema.INSTANCE.variables())
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  /** Tries a regular expression as a filter would. */
  private static final CelRuntime.Program PATTERN_TRIAL = patternTrial();

  private final String source;
  private transient volatile Compiled compiled;

  /** What an expression has become. */
  private record Compiled(CelRuntime.Program program, boolean readsEventAttributes) {}

  private CelFilter(String source, Compiled compiled) {
    this.source = source;
    this.compiled = compiled;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException with every error, its line and column in the expression
   */
  static CelFilter compile(String source) {
    return new CelFilter(source, compiled(source));
  }

  @Override
  public boolean readsEventAttributes() {
    return compiled().readsEventAttributes();
  }

  @Override
  public List<String> warnings(TriggerKind kind) {
    return FilterRisks.of(checked(source), kind);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public boolean test(FilterInput input) throws FilterException {
    try {
      Object result = compiled().program().eval(name -> variable(input, name));
      if (result instanceof Boolean holds) {
        return holds;
      }
      throw new FilterException("The filter yields no truth value but " + result, null);
    } catch (CelEvaluationException e) {
      throw new FilterException(e.getMessage(), e);
    } catch (RuntimeException e) {
      // No expression is known that brings the runtime to this, but a filter never stops the job.
      throw new FilterException(e.toString(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CelFilter that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }

  /** Compiled at first use after deserialisation; twice by two threads does no harm. */
  private Compiled compiled() {
    Compiled known = compiled;
    if (known == null) {
      known = compiled(source);
      compiled = known;
    }
    return known;
  }

  private static Compiled compiled(String source) {
    CelAbstractSyntaxTree tree = checked(source);
    List<String> problems = FilterBounds.problems(tree, CelFilter::problemOfPattern);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    try {
      return new Compiled(RUNTIME.createProgram(tree), readsEventAttributes(tree));
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static CelAbstractSyntaxTree checked(String source) {
    FilterBounds.checkNesting(source);
    try {
      return COMPILER.compile(source).getAst();
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(describe(e.getErrors()), e);
    }
  }

  private static CelRuntime.Program patternTrial() {
    try {
      CelCompiler compiler =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              .addVar("pattern", SimpleType.STRING)
              .build();
      return RUNTIME.createProgram(compiler.compile("''.matches(pattern)").getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String problemOfPattern(String pattern) {
    try {
      PATTERN_TRIAL.eval(Map.of("pattern", pattern));
      return null;
    } catch (CelEvaluationException e) {
      return "has a pattern that can't be used: "
          + (e.getCause() == null ? e : e.getCause()).getMessage();
    }
  }

  /** Where the event is passed on as a whole its attributes may be read, too. */
  private static boolean readsEventAttributes(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.IDENT && node.expr().ident().name().equals("event"))
        .anyMatch(
            node ->
                node.parent()
                    .map(CelNavigableExpr::expr)
                    .filter(outer -> outer.getKind() == Kind.SELECT)
                    .map(outer -> outer.select().field().equals("attributes"))
                    .orElse(true));
  }

  private static String describe(List<CelIssue> issues) {
    return issues.stream()
        .map(
            issue ->
                "at "
                    + issue.getSourceLocation().getLine()
                    + ":"
                    + (issue.getSourceLocation().getColumn() + 1)
                    + " "
                    + issue.getMessage())
        .collect(Collectors.joining("; "));
  }

  private static Optional<Object> variable(FilterInput input, String name) {
    return switch (name) {
      case "customer" -> Optional.of(input.customer());
      case "cart" -> Optional.of(input.cart());
      case "episode" -> Optional.of(input.episode());
      case "event" -> Optional.of(input.event());
      default -> Optional.empty();
    };
  }
}
