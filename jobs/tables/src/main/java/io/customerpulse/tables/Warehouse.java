package io.customerpulse.tables;

import io.customerpulse.behavior.settings.TablesSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.flink.LogicalTypeConversion;
import org.apache.paimon.options.Options;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;

/** Where the tables are: creates those that are missing, and columns that are new. */
public final class Warehouse implements AutoCloseable {
  public static final String DATABASE = "customer_pulse";

  private final TablesSettings settings;
  private final Catalog catalog;

  private Warehouse(TablesSettings settings, Catalog catalog) {
    this.settings = settings;
    this.catalog = catalog;
  }

  /** Opens a warehouse; a folder is made when the first table is. */
  public static Warehouse open(TablesSettings settings) {
    return new Warehouse(settings, CatalogFactory.createCatalog(context(settings)));
  }

  /** What the warehouse's file system is reached with. */
  public static CatalogContext context(TablesSettings settings) {
    Map<String, String> options = new HashMap<>(settings.properties());
    options.put("warehouse", location(settings.warehouse()));
    return CatalogContext.create(Options.fromMap(options));
  }

  /** A folder as an absolute path, a URI as it is. */
  private static String location(String warehouse) {
    return isUri(warehouse)
        ? URI.create(warehouse).toString()
        : Path.of(warehouse).toAbsolutePath().normalize().toString();
  }

  static boolean isUri(String warehouse) {
    return warehouse.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
  }

  /**
   * Makes every table be there with all its columns and the options of the settings.
   *
   * @return those that were not there before
   */
  public Set<OutputTable> prepare() {
    Set<OutputTable> created = EnumSet.noneOf(OutputTable.class);
    try {
      catalog.createDatabase(DATABASE, true);
      Set<String> existing = new HashSet<>(catalog.listTables(DATABASE));
      for (OutputTable table : OutputTable.values()) {
        if (existing.contains(table.tableName())) {
          alter(table);
        } else {
          catalog.createTable(identifier(table), schema(table), true);
          created.add(table);
        }
      }
      return created;
    } catch (Exception e) {
      throw new IllegalStateException(
          "tables.warehouse: " + settings.warehouse() + ": " + e.getMessage(), e);
    }
  }

  /** Whether anything has been written here. */
  public boolean hasTables() {
    return catalog.listDatabases().contains(DATABASE);
  }

  /** A table that is there. */
  public FileStoreTable table(OutputTable table) {
    try {
      return (FileStoreTable) catalog.getTable(identifier(table));
    } catch (Catalog.TableNotExistException e) {
      throw new IllegalStateException(
          settings.warehouse() + " has no table " + table.tableName(), e);
    }
  }

  /** How many rows a table has: as of the last commit, deleted ones not counted. */
  public long rowsOf(OutputTable table) {
    FileStoreTable stored = table(table);
    if (table.isLog()) {
      return stored.latestSnapshot().map(Snapshot::totalRecordCount).orElse(0L);
    }
    // What stands in files has yet to be merged; the first column is enough for that.
    ReadBuilder builder = stored.newReadBuilder().withProjection(new int[] {0});
    long[] rows = {0};
    try (RecordReader<InternalRow> reader =
        builder.newRead().createReader(builder.newScan().plan())) {
      reader.forEachRemaining(row -> rows[0]++);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows[0];
  }

  private static Identifier identifier(OutputTable table) {
    return Identifier.create(DATABASE, table.tableName());
  }

  private Schema schema(OutputTable table) {
    Schema.Builder schema = Schema.newBuilder().comment(table.comment()).options(all(table));
    Set<String> key = Set.copyOf(table.key());
    for (TableColumns.Column column : TableColumns.of(table)) {
      LogicalType type = column.type().copy(!key.contains(column.name()));
      schema.column(column.name(), LogicalTypeConversion.toDataType(type), column.comment());
    }
    if (table.isLog()) {
      schema.partitionKeys(table.divider());
    } else {
      schema.primaryKey(table.key());
    }
    return schema.build();
  }

  private Map<String, String> all(OutputTable table) {
    Map<String, String> options = new HashMap<>(TableOptions.fixed(table, settings));
    options.putAll(TableOptions.changeable(table, settings));
    return options;
  }

  private void alter(OutputTable table) throws Exception {
    FileStoreTable present = table(table);
    List<SchemaChange> changes = new ArrayList<>();
    TableOptions.changeable(table, settings)
        .forEach(
            (name, value) -> {
              if (!value.equals(present.options().get(name))) {
                changes.add(SchemaChange.setOption(name, value));
              }
            });
    changes.addAll(newColumns(List.of(), present.rowType(), rowType(table), table));
    if (!changes.isEmpty()) {
      catalog.alterTable(identifier(table), changes, false);
    }
  }

  private static RowType rowType(OutputTable table) {
    return LogicalTypeConversion.toDataType(TableColumns.rowType(table));
  }

  /** Columns that a release has added to the table, or to a row in a column of it. */
  private static List<SchemaChange> newColumns(
      List<String> path, RowType present, RowType wanted, OutputTable table) {
    List<SchemaChange> changes = new ArrayList<>();
    for (DataField field : wanted.getFields()) {
      List<String> name = new ArrayList<>(path);
      name.add(field.name());
      if (!present.containsField(field.name())) {
        changes.add(
            SchemaChange.addColumn(
                name.toArray(String[]::new), field.type(), comment(table, name), null));
      } else if (field.type() instanceof RowType row
          && present.getField(field.name()).type() instanceof RowType presentRow) {
        changes.addAll(newColumns(name, presentRow, row, table));
      }
    }
    return changes;
  }

  private static String comment(OutputTable table, List<String> name) {
    return TableColumns.of(table).stream()
        .filter(column -> name.size() == 1 && column.name().equals(name.get(0)))
        .map(TableColumns.Column::comment)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
