package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.tables.TableColumns.Column;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableColumnsTest {
  @ParameterizedTest
  @EnumSource(OutputTable.class)
  void everyColumnSaysWhatItMeans(OutputTable table) {
    assertThat(TableColumns.of(table))
        .isNotEmpty()
        .allSatisfy(column -> assertThat(column.comment()).as(column.name()).isNotBlank());
    assertThat(TableColumns.of(table)).extracting(Column::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(OutputTable.class)
  void theKeyAndWhatDividesATableAreColumns(OutputTable table) {
    assertThat(TableColumns.of(table))
        .extracting(Column::name)
        .containsAll(table.key())
        .contains(table.divider());
  }

  @Test
  void propertiesAreOneRowOfWhateverATypeMayHave() {
    Column properties =
        TableColumns.of(OutputTable.BEHAVIOR_EVENTS).stream()
            .filter(column -> column.name().equals("properties"))
            .findFirst()
            .orElseThrow();
    assertThat(((RowType) properties.type()).getFieldNames())
        .contains("product_id", "amount_minor", "lines", "attributes")
        .doesNotHaveDuplicates();
  }
}
