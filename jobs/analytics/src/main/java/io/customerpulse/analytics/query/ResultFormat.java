package io.customerpulse.analytics.query;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.jline.utils.WCWidth;

/** How the rows of a result are written. Each writes as the rows come. */
enum ResultFormat {
  /** For people: columns below each other. */
  TABLE {
    @Override
    long write(RowType columns, Iterator<Row> rows, PrintStream out) {
      List<List<String>> first = new ArrayList<>();
      while (rows.hasNext() && first.size() < MEASURED_ROWS) {
        first.add(cells(rows.next(), columns, "null"));
      }
      int[] widths = new int[columns.getFieldCount()];
      measure(columns.getFieldNames(), widths);
      first.forEach(row -> measure(row, widths));
      line(columns.getFieldNames(), widths, out);
      out.println(rule(widths));
      first.forEach(row -> line(row, widths, out));
      long count = first.size();
      for (; rows.hasNext(); count++) {
        line(cells(rows.next(), columns, "null"), widths, out);
      }
      out.println(count == 1 ? "1 row" : count + " rows");
      return count;
    }
  },
  /** RFC 4180: a header and rows, nothing else. Null is an empty cell. */
  CSV {
    @Override
    long write(RowType columns, Iterator<Row> rows, PrintStream out) {
      out.println(csv(columns.getFieldNames()));
      long count = 0;
      for (; rows.hasNext(); count++) {
        out.println(csv(cells(rows.next(), columns, "")));
      }
      return count;
    }
  },
  /** A JSON object per line. */
  JSON {
    @Override
    long write(RowType columns, Iterator<Row> rows, PrintStream out) {
      long count = 0;
      for (; rows.hasNext(); count++) {
        out.println(Values.json(rows.next(), columns));
      }
      return count;
    }
  };

  /** So many rows decide how wide the columns are; wider ones that follow stand out. */
  private static final int MEASURED_ROWS = 1_000;

  private static final int WIDEST = 60;
  private static final String GAP = "  ";

  /** Writes a result; says how many rows it had. */
  abstract long write(RowType columns, Iterator<Row> rows, PrintStream out);

  private static List<String> cells(Row row, RowType columns, String ofNull) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      cells.add(Values.text(row.getField(i), columns.getTypeAt(i), ofNull));
    }
    return cells;
  }

  private static String csv(List<String> cells) {
    return String.join(",", cells.stream().map(ResultFormat::quoted).toList());
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], Math.min(WIDEST, width(cells.get(i))));
    }
  }

  private static void line(List<String> cells, int[] widths, PrintStream out) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i).replace('\n', ' ');
      line.append(cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(Math.max(0, widths[i] - width(cell)))).append(GAP);
      }
    }
    out.println(line);
  }

  private static String rule(int[] widths) {
    List<String> dashes = new ArrayList<>();
    for (int width : widths) {
      dashes.add("-".repeat(width));
    }
    return String.join(GAP, dashes);
  }

  /** Chinese characters take the room of two. */
  private static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }
}
