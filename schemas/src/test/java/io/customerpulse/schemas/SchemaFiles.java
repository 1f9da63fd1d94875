package io.customerpulse.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificRecordBase;

/** The schemas as they stand in the source tree. */
final class SchemaFiles {
  static final Path HISTORY = Path.of("history");
  private static final Path CURRENT = Path.of("src", "main", "avro");
  private static final String RECORD = "Record";

  private SchemaFiles() {}

  /** Every named type of the current schemas, by name. */
  static Map<String, Schema> namedTypes() {
    SchemaParser parser = new SchemaParser();
    for (Path file : filesUnder(CURRENT)) {
      try {
        parser.parse(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Map<String, Schema> types = new TreeMap<>();
    parser.getParsedNamedSchemas().forEach(type -> types.put(type.getName(), type));
    return types;
  }

  /** The current schemas of what stands on topics, each whole. */
  static List<Schema> records() {
    return namedTypes().values().stream().filter(type -> type.getName().endsWith(RECORD)).toList();
  }

  static Class<? extends SpecificRecordBase> classOf(Schema record) {
    try {
      return Class.forName(record.getFullName()).asSubclass(SpecificRecordBase.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("No class was generated for " + record.getFullName(), e);
    }
  }

  static List<Path> filesUnder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
