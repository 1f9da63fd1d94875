package io.customerpulse.analytics.query;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Statements from a terminal, one after the other, with history and completion. */
final class QueryPrompt {
  private static final List<String> WORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "LIMIT",
          "JOIN",
          "LEFT JOIN",
          "ON",
          "COUNT(*)",
          "SUM(",
          "DISTINCT",
          "DESCRIBE",
          "SHOW TABLES",
          "WITH",
          "help",
          "quit");

  private final Path history;

  /**
   * A prompt.
   *
   * @param history the file that keeps earlier statements
   */
  QueryPrompt(Path history) {
    this.history = history;
  }

  /** Something that is typed and ends with a semicolon. */
  @FunctionalInterface
  interface Statement {
    void run(String statement);
  }

  /** Reads statements until the end. */
  void read(QuerySession session, PrintStream out, Statement statement) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .parser(new UntilSemicolon())
              .completer(new StringsCompleter(words(session)))
              .variable(LineReader.HISTORY_FILE, history)
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   > ")
              .build();
      out.println("A statement ends with a semicolon; help lists what there is, quit ends.");
      out.flush();
      while (true) {
        String line = next(reader);
        if (line == null) {
          return;
        }
        if (!line.isBlank()) {
          statement.run(line);
        }
      }
    }
  }

  /** The next statement; empty if it was given up, null at the end. */
  private static String next(LineReader reader) {
    try {
      String line = reader.readLine("sql> ").strip();
      return UntilSemicolon.ends(line) ? null : line;
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return null;
    }
  }

  private static List<String> words(QuerySession session) {
    TreeSet<String> words = new TreeSet<>(WORDS);
    for (QuerySession.Relation relation : session.relations()) {
      words.add(relation.name());
      relation.columns().forEach(column -> words.add(column.getName()));
    }
    session.queries().forEach(query -> words.add("@" + query.name() + ";"));
    return new ArrayList<>(words);
  }

  /** A line goes on until a semicolon, except for what isn't SQL. */
  private static final class UntilSemicolon extends DefaultParser {
    UntilSemicolon() {
      setEofOnUnclosedQuote(false);
      setEscapeChars(null);
      setQuoteChars(new char[0]);
    }

    static boolean ends(String line) {
      return line.matches("(?i)(quit|exit)\\s*;?");
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      String text = line.strip();
      boolean whole =
          text.isEmpty() || text.endsWith(";") || ends(text) || text.equalsIgnoreCase("help");
      if (context == Parser.ParseContext.ACCEPT_LINE && !whole) {
        throw new EOFError(-1, cursor, "goes on");
      }
      return super.parse(line, cursor, context);
    }
  }
}
