package io.customerpulse.local.convert;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.customerpulse.domain.ingest.Characters;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The rows of one CSV file, plain or gzipped. Empty lines are none. */
final class CsvRows implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Path file;
  private final CsvParser parser;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private long line;

  /** Opens a file and reads its header, if it has one. */
  CsvRows(Path file, Mapping.Csv csv) throws IOException {
    this.file = file;
    this.parser = parser(file, csv);
    try {
      List<String> header = csv.columns().isEmpty() ? readCells() : csv.columns();
      for (String name : header == null ? List.<String>of() : header) {
        columns.putIfAbsent(Characters.strip(name), columns.size());
      }
    } catch (IOException e) {
      parser.close();
      throw e;
    }
  }

  /** Column → place. */
  Map<String, Integer> columns() {
    return columns;
  }

  /**
   * The next row.
   *
   * @param number the row will have
   * @return null at the end of the file
   * @throws IOException also where the file is no CSV any more, with the line
   */
  Row next(long number) throws IOException {
    List<String> cells = readCells();
    return cells == null ? null : new Row(file.toString(), line, number, columns, cells);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private List<String> readCells() throws IOException {
    try {
      List<String> cells = new ArrayList<>(columns.size());
      while (parser.nextToken() != null) {
        readRow(cells);
        boolean emptyLine = cells.size() == 1 && cells.get(0).isEmpty();
        if (!emptyLine) {
          return cells;
        }
        cells.clear();
      }
      return null;
    } catch (JsonParseException e) {
      throw new IOException(
          file
              + ":"
              + e.getLocation().getLineNr()
              + ": is no CSV: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + "; if nothing is quoted in the file, say csv: {quote: none}",
          e);
    }
  }

  private void readRow(List<String> cells) throws IOException {
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      if (cells.isEmpty()) {
        line = parser.currentTokenLocation().getLineNr();
      }
      cells.add(parser.getText());
    }
  }

  private static CsvParser parser(Path file, Mapping.Csv csv) throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(csv.separator());
    CsvParser parser = new CsvFactory().createParser(reader(file, csv));
    parser.setSchema(
        csv.quote() == null ? schema.withoutQuoteChar() : schema.withQuoteChar(csv.quote()));
    return parser;
  }

  private static Reader reader(Path file, Mapping.Csv csv) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream plain = gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in;
      Reader reader = new BufferedReader(new InputStreamReader(plain, csv.charset()));
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
