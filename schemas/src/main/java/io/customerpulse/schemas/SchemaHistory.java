package io.customerpulse.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * Every schema ever released. {@value #INDEX} lists them, the oldest first, one line each in the
 * format of {@code sha256sum}: hash and path, {@code release/RecordName.avsc}. A release has only
 * the records that changed with it, each whole: nothing in it refers to another file.
 */
final class SchemaHistory {
  static final String INDEX = "released.sha256";
  private static final String FOLDER = "/io/customerpulse/schemas/history/";

  private SchemaHistory() {}

  /** All released schemas of one record, the oldest first; empty where none is released. */
  static List<Schema> of(Schema record) {
    List<Schema> schemas = new ArrayList<>();
    for (String path : hashesByPath().keySet()) {
      if (path.endsWith('/' + record.getName() + ".avsc")) {
        schemas.add(read(path));
      }
    }
    return schemas;
  }

  /** SHA-256 of each released file as it was released, the oldest release first. */
  static Map<String, String> hashesByPath() {
    Map<String, String> hashes = new TreeMap<>();
    try (BufferedReader index =
        new BufferedReader(new InputStreamReader(open(INDEX), StandardCharsets.UTF_8))) {
      for (String line = index.readLine(); line != null; line = index.readLine()) {
        int gap = line.indexOf("  ");
        hashes.put(line.substring(gap + 2), line.substring(0, gap));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }

  private static Schema read(String path) {
    try (InputStream file = open(path)) {
      return new SchemaParser().parse(file).mainSchema();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream file = SchemaHistory.class.getResourceAsStream(FOLDER + path);
    if (file == null) {
      throw new IllegalStateException("The jar has no schema " + FOLDER + path);
    }
    return file;
  }
}
