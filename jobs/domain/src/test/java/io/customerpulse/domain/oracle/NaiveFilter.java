package io.customerpulse.domain.oracle;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;

/** A filter by the library alone: what it sees are maps, of which nothing is known beforehand. */
final class NaiveFilter {
  private static final MapType MAP = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("customer", MAP)
          .addVar("cart", MAP)
          .addVar("episode", MAP)
          .addVar("event", MAP)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  /** Source → program: the same few come again and again. */
  private static final Map<String, CelRuntime.Program> PROGRAMS = new HashMap<>();

  private NaiveFilter() {}

  /**
   * Whether it holds; null where it fails.
   *
   * @param values variable → field → value, without what is unset
   */
  static Boolean test(String source, Map<String, Map<String, Object>> values) {
    CelRuntime.Program program = PROGRAMS.computeIfAbsent(source, NaiveFilter::compile);
    try {
      return (Boolean) program.eval(values);
    } catch (CelEvaluationException e) {
      return null;
    }
  }

  private static CelRuntime.Program compile(String source) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(source).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(source, e);
    }
  }
}
