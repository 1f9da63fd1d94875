package io.customerpulse.history.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.ingest.Characters;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The rows of one CSV file, plain or gzipped. Empty lines are none.
 *
 * <p>A row goes on over further lines while a quoted cell of it is open, {@link #MAX_LINES} in all.
 * Where the cell doesn't end by then, or what it ends to is no row with a cell for each column, the
 * quote was none: the line that it stands in is a row with a flaw, and reading goes on at the next.
 */
final class CsvRows implements AutoCloseable {
  /**
   * Texts by hand have fewer; behind a broken quote what is read is tried anew line by line, so
   * far.
   */
  static final int MAX_LINES = 100;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final String FLAW =
      "has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted in the"
          + " file, say csv: {quote: none}";

  private final CsvFactory factory = new CsvFactory();
  private final Path file;
  private final CsvSchema schema;
  private final BufferedReader reader;

  /** Lines that were read in search of the end of a cell, and aren't part of its row. */
  private final Deque<String> ahead = new ArrayDeque<>();

  private final Header header;

  /** Lines that are behind. */
  private long lines;

  /**
   * Opens a file and reads its header, if it has one.
   *
   * @throws ConfigurationException where the header can't be read
   * @throws IOException where the file can't
   */
  CsvRows(Path file, Mapping.Csv csv) throws IOException {
    this.file = file;
    CsvSchema separated = CsvSchema.emptySchema().withColumnSeparator(csv.separator());
    schema =
        csv.quote() == null ? separated.withoutQuoteChar() : separated.withQuoteChar(csv.quote());
    try {
      reader = reader(csv);
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      header = csv.columns().isEmpty() ? readHeader() : new Header(csv.columns());
    } catch (IOException | ConfigurationException e) {
      reader.close();
      throw e;
    }
  }

  Header header() {
    return header;
  }

  /**
   * The next row.
   *
   * @param number the row will have
   * @return null at the end of the file
   * @throws IOException where the file can't be read on
   */
  Row next(long number) throws IOException {
    return row(number, header);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Header readHeader() throws IOException {
    Row row = row(0, null);
    if (row == null) {
      return new Header(List.of());
    }
    if (row.flaw() != null) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  file.toString(), (int) row.line(), "", null, "its header " + row.flaw())));
    }
    return new Header(row.cells().stream().map(Characters::strip).toList());
  }

  /**
   * What follows; null where nothing does.
   *
   * @param of the columns it has cells for; null for the header itself
   */
  private Row row(long number, Header of) throws IOException {
    String line = nextLine();
    while (line != null && line.isEmpty()) {
      line = nextLine();
    }
    return line == null ? null : row(line, number, of);
  }

  private Row row(String first, long number, Header of) throws IOException {
    long line = lines;
    List<String> further = new ArrayList<>();
    StringBuilder text = new StringBuilder(first);
    while (true) {
      try {
        List<String> cells = cells(text.toString());
        if (further.isEmpty() || of == null || cells.size() == of.width()) {
          return new Row(file.toString(), line, number, of, cells, null);
        }
        break;
      } catch (JsonProcessingException e) {
        boolean open = e.getLocation() != null && e.getLocation().getCharOffset() >= text.length();
        String next = open && further.size() + 1 < MAX_LINES ? nextLine() : null;
        if (next == null) {
          break;
        }
        further.add(next);
        text.append('\n').append(next);
      }
    }
    for (int i = further.size() - 1; i >= 0; i--) {
      ahead.push(further.get(i));
    }
    lines = line;
    return new Row(file.toString(), line, number, of, List.of(), FLAW);
  }

  private List<String> cells(String text) throws IOException {
    try (CsvParser parser = factory.createParser(text + '\n')) {
      parser.setSchema(schema);
      List<String> cells = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          cells.add(parser.getText());
        }
      }
      return cells;
    }
  }

  private String nextLine() throws IOException {
    try {
      String line = ahead.isEmpty() ? reader.readLine() : ahead.pop();
      lines += line == null ? 0 : 1;
      return line;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IOException unreadable(IOException e) {
    String place = lines == 0 ? file.toString() : file + ":" + (lines + 1);
    return new IOException(place + ": can't be read: " + e.getMessage(), e);
  }

  private BufferedReader reader(Mapping.Csv csv) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream plain = gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in;
      BufferedReader text = new BufferedReader(new InputStreamReader(plain, csv.charset()));
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return text;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
