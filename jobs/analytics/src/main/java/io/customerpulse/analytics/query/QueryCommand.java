package io.customerpulse.analytics.query;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scripts/query}: SQL over the output tables. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Batch SQL (Flink's) over the output tables, from this machine and without a cluster; also"
          + " while the jobs write. It only reads. Without SQL there is a prompt. scripts/demo"
          + " fills tables to try it on, so does "
          + COMMANDS
          + "replay --tables; "
          + COMMANDS
          + "submit tables keeps them up to date.",
      "@NAME runs a ready query of config/sql/queries; --list shows tables, views, columns and"
          + " ready queries. Time travel: SELECT … FROM customer_profiles FOR SYSTEM_TIME AS OF"
          + " TIMESTAMP '2024-03-01 10:00:00', or /*+ OPTIONS('scan.snapshot-id'='7') */ behind the"
          + " table."
    })
public final class QueryCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "SQL",
      description = "One statement, or @NAME of a ready query.")
  private String sql;

  @Mixin private WarehouseOptions warehouse;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, csv (header and rows alone) or json (an object per line) [${DEFAULT-VALUE}].")
  private ResultFormat format;

  @Option(names = "--list", description = "Show tables, views, columns and ready queries.")
  private boolean list;

  @Option(
      names = "--today",
      paramLabel = "DAY",
      description =
          "The day that counts as today, such as 2024-03-01 [the present day; of a replay's or a"
              + " demo's tables the day at which it ended].")
  private String today;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A variable of a ready query, such as from=2024-03-01.")
  private Map<String, String> variables = new TreeMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (list && sql != null) {
      throw new ParameterException(spec.commandLine(), "--list and SQL exclude each other");
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    DeploymentSettings settings = warehouse.settings();
    try (QuerySession session =
        warehouse.open(settings, warehouse.now(settings, "--today", today), variables)) {
      if (list) {
        new Listing(session.relations(), session.queries()).write(format, out);
        return ExitCode.OK;
      }
      if (sql != null) {
        return run(session, sql, out);
      }
      new QueryPrompt(Installation.current().run("query-history"))
          .read(session, out, statement -> answer(session, statement, out));
      return ExitCode.OK;
    } catch (SqlException e) {
      return refused(e);
    } finally {
      out.flush();
    }
  }

  private void answer(QuerySession session, String statement, PrintStream out) {
    if (statement.equalsIgnoreCase("help")) {
      new Listing(session.relations(), session.queries()).write(format, out);
      out.flush();
      return;
    }
    try {
      run(session, statement, out);
    } catch (SqlException | IllegalStateException e) {
      refused(e);
    }
  }

  private int run(QuerySession session, String statement, PrintStream out) {
    TableResult result = session.run(statement);
    RowType columns = (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType();
    try (CloseableIterator<Row> rows = result.collect()) {
      format.write(columns, rows, out);
      out.flush();
    } catch (Exception e) {
      session.requireFilled();
      // The statement was all right.
      throw new IllegalStateException(SqlException.of(e).getMessage(), e);
    }
    session.requireFilled();
    return ExitCode.OK;
  }

  private int refused(RuntimeException e) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Installation.command("query") + ": " + e.getMessage());
    err.flush();
    return ExitCode.USAGE;
  }
}
