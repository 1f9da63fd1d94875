package io.customerpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md promises of every schema. */
class SchemaConventionsTest {
  private static final Pattern TIME = Pattern.compile(".*_(at|until|time|since|of)|at");

  static List<Schema> namedTypes() {
    return List.copyOf(SchemaFiles.namedTypes().values());
  }

  static List<Schema> structures() {
    return namedTypes().stream().filter(type -> type.getType() == Schema.Type.RECORD).toList();
  }

  static List<Schema> enums() {
    return namedTypes().stream().filter(type -> type.getType() == Schema.Type.ENUM).toList();
  }

  @ParameterizedTest
  @MethodSource("namedTypes")
  void everyTypeIsDocumented(Schema type) {
    assertThat(type.getDoc()).as(type.getName()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("structures")
  void everyFieldIsDocumentedAndInSnakeCase(Schema structure) {
    for (Schema.Field field : structure.getFields()) {
      assertThat(field.doc()).as(structure.getName() + '.' + field.name()).isNotBlank();
      assertThat(field.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    }
  }

  @ParameterizedTest
  @MethodSource("structures")
  void everyTimeHasItsLogicalType(Schema structure) {
    for (Schema.Field field : structure.getFields()) {
      Schema type = nonNull(field.schema());
      boolean isTimestamp = LogicalTypes.timestampMillis().equals(type.getLogicalType());
      assertThat(isTimestamp)
          .as(structure.getName() + '.' + field.name())
          .isEqualTo(TIME.matcher(field.name()).matches());
    }
  }

  @ParameterizedTest
  @MethodSource("structures")
  void whatMayBeUnsetIsNullByDefault(Schema structure) {
    for (Schema.Field field : structure.getFields()) {
      if (field.schema().isNullable()) {
        assertThat(field.defaultVal())
            .as(structure.getName() + '.' + field.name())
            .isSameAs(JsonProperties.NULL_VALUE);
      }
    }
  }

  /** An older reader takes a symbol that it doesn't know for the default. */
  @ParameterizedTest
  @MethodSource("enums")
  void everyEnumHasADefaultThatStandsForSymbolsToCome(Schema type) {
    assertThat(type.getEnumDefault()).as(type.getName()).isEqualToIgnoringCase("unknown");
  }

  private static Schema nonNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
