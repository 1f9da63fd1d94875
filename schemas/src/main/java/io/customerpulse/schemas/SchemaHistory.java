package io.customerpulse.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final String SUFFIX = ".avsc";

  /** Read once: each subtask of each operator makes encodings, and parsing is slow. */
  private static final Map<String, List<Schema>> BY_RECORD = readAll();

  private SchemaHistory() {}

  /** All released schemas of one record, the oldest first; empty where none is released. */
  static List<Schema> of(Schema record) {
    return BY_RECORD.getOrDefault(record.getName(), List.of());
  }

  private static Map<String, List<Schema>> readAll() {
    Map<String, List<Schema>> byRecord = new HashMap<>();
    for (String path : hashesByPath().keySet()) {
      String record = path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
      byRecord.computeIfAbsent(record, name -> new ArrayList<>()).add(read(path));
    }
    byRecord.replaceAll((record, schemas) -> List.copyOf(schemas));
    return byRecord;
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
