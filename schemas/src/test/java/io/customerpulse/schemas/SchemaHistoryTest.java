package io.customerpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released stays as it was, and stays readable. */
class SchemaHistoryTest {
  private static final long SEED = 20240301;
  private static final int SAMPLES = 50;

  static List<Schema> records() {
    return SchemaFiles.records();
  }

  @Test
  void releasedFilesNeverChange() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path file : SchemaFiles.filesUnder(SchemaFiles.HISTORY)) {
      String path = SchemaFiles.HISTORY.relativize(file).toString().replace('\\', '/');
      found.put(path, sha256(Files.readAllBytes(file)));
    }
    assertThat(found)
        .as("history/ against history/%s: released schemas are never edited", SchemaHistory.INDEX)
        .isEqualTo(SchemaHistory.hashesByPath());
  }

  /**
   * What isn't released can't be read by anybody else, so nothing is written with it. Wording alone
   * may change: equality leaves the documentation out.
   */
  @ParameterizedTest
  @MethodSource("records")
  void newestReleaseIsTheCurrentSchema(Schema current) throws IOException {
    Path candidate = Path.of("target", "unreleased", current.getName() + ".avsc");
    Files.createDirectories(candidate.getParent());
    Files.writeString(candidate, SchemaFormatter.format("json/pretty", current) + '\n');
    assertThat(SchemaHistory.of(current))
        .as("%s: copy %s into a new release in history/", current.getName(), candidate)
        .endsWith(current);
  }

  @ParameterizedTest
  @MethodSource("records")
  void currentSchemaReadsEveryRelease(Schema current) {
    assertThatCode(
            () ->
                new SchemaValidatorBuilder()
                    .canReadStrategy()
                    .validateAll()
                    .validate(current, SchemaHistory.of(current)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("records")
  void dataOfEveryReleaseIsReadWhole(Schema current) throws IOException {
    AvroEncoding<? extends SpecificRecordBase> encoding =
        new AvroEncoding<>(SchemaFiles.classOf(current));
    for (Schema released : SchemaHistory.of(current)) {
      BinaryMessageEncoder<Object> writer =
          new BinaryMessageEncoder<>(GenericData.get(), released, true);
      for (Object written : new RandomData(released, SAMPLES, SEED, true)) {
        SpecificRecordBase read = encoding.decode(writer.encode(written).array());
        assertThat(asSeenBy(released, read)).as("seed %d", SEED).isEqualTo(written);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void noReleasedFieldIsTakenAway(Schema current) {
    Set<String> present = fieldPaths(current);
    for (Schema released : SchemaHistory.of(current)) {
      assertThat(present).containsAll(fieldPaths(released));
    }
  }

  private static GenericRecord asSeenBy(Schema reader, SpecificRecordBase record)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
        .write(record, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(record.getSchema(), reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  private static Set<String> fieldPaths(Schema record) {
    Set<String> paths = new TreeSet<>();
    collectFieldPaths(record, paths);
    return paths;
  }

  private static void collectFieldPaths(Schema schema, Set<String> paths) {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          if (paths.add(schema.getName() + '.' + field.name())) {
            collectFieldPaths(field.schema(), paths);
          }
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> collectFieldPaths(branch, paths));
      case ARRAY -> collectFieldPaths(schema.getElementType(), paths);
      case MAP -> collectFieldPaths(schema.getValueType(), paths);
      default -> {}
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
