package io.customerpulse.domain.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A filter in the Common Expression Language. Only its text is serialised: the program is compiled
 * again where it arrives.
 */
final class CelFilter implements RuleFilter {
  private static final int MAX_CHARS = 4096;

  /** A filter that loops longer fails; the runtime has no other way to end one. */
  private static final int MAX_ITERATIONS = 10_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_CHARS)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .enableHeterogeneousNumericComparisons(true)
          .build();
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setTypeProvider(FilterSchema.INSTANCE)
          .addVarDeclarations(FilterSchema.INSTANCE.variables())
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final String source;
  private transient volatile CelRuntime.Program program;

  private CelFilter(String source, CelRuntime.Program program) {
    this.source = source;
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException with every error, its line and column in the expression
   */
  static CelFilter compile(String source) {
    return new CelFilter(source, program(source));
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public boolean test(FilterInput input) throws FilterException {
    try {
      Object result = program().eval(name -> variable(input, name));
      if (result instanceof Boolean holds) {
        return holds;
      }
      throw new FilterException("The filter yields no truth value but " + result, null);
    } catch (CelEvaluationException e) {
      throw new FilterException(e.getMessage(), e);
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
  private CelRuntime.Program program() {
    CelRuntime.Program compiled = program;
    if (compiled == null) {
      compiled = program(source);
      program = compiled;
    }
    return compiled;
  }

  private static CelRuntime.Program program(String source) {
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(source).getAst();
      return RUNTIME.createProgram(tree);
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(describe(e.getErrors()), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
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
