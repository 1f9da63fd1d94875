package io.customerpulse.analytics.query;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.Row;

/** What there is to ask. */
final class Listing {
  private static final RowType COLUMNS =
      RowType.of(
          new LogicalType[] {
            VarCharType.STRING_TYPE,
            VarCharType.STRING_TYPE,
            VarCharType.STRING_TYPE,
            VarCharType.STRING_TYPE
          },
          new String[] {"table", "column", "type", "comment"});

  private final List<QuerySession.Relation> relations;
  private final List<SqlFile> queries;

  Listing(List<QuerySession.Relation> relations, List<SqlFile> queries) {
    this.relations = relations;
    this.queries = queries;
  }

  /** For people with headings; else a row per column of a table or view. */
  void write(ResultFormat format, PrintStream out) {
    if (format == ResultFormat.TABLE) {
      print(out);
    } else {
      format.write(COLUMNS, rows().iterator(), out);
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (QuerySession.Relation relation : relations) {
      for (Column column : relation.columns()) {
        rows.add(
            Row.of(
                relation.name(), column.getName(), type(column), column.getComment().orElse(null)));
      }
    }
    return rows;
  }

  private void print(PrintStream out) {
    for (QuerySession.Relation relation : relations) {
      out.println((relation.isView() ? "view " : "table ") + relation.name());
      out.println("  " + relation.comment());
      for (Column column : relation.columns()) {
        out.printf(
            Locale.ROOT,
            "    %-28s %-18s %s%n",
            column.getName(),
            shortened(type(column)),
            column.getComment().orElse(""));
      }
      out.println();
    }
    out.println("Ready queries, to be run as @NAME");
    for (SqlFile query : queries) {
      out.println("  " + query.name());
      out.println("    " + query.comment());
    }
  }

  private static String type(Column column) {
    return column
        .getDataType()
        .getLogicalType()
        .copy(true)
        .asSummaryString()
        .replace("VARCHAR(2147483647)", "STRING")
        .replace(" WITH LOCAL TIME ZONE", "_LTZ");
  }

  /** What is nested shows with DESCRIBE. */
  private static String shortened(String type) {
    int nested = type.indexOf('<');
    return nested < 0 ? type : type.substring(0, nested) + "<…>";
  }
}
