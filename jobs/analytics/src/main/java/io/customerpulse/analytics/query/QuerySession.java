package io.customerpulse.analytics.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.TablesSettings;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.environment.SessionCluster;
import io.customerpulse.tables.BoundedRun;
import io.customerpulse.tables.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.operations.DescribeTableOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.ShowOperation;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Batch SQL over one warehouse, within this process. It only reads: the tables have one writer, the
 * tables job.
 */
public final class QuerySession implements AutoCloseable {
  private static final String CATALOG = "warehouse";

  /** Before the name of a ready query. */
  private static final String READY = "@";

  /** For sorting and grouping, outside the heap; what is more goes to disk. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(384);

  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(96);

  private final TablesSettings warehouse;
  private final SessionCluster cluster;
  private final TableEnvironment env;
  private final SqlVariables variables;
  private final List<SqlFile> queries;
  private final List<SqlFile> views;
  private final Set<String> registered = new HashSet<>();

  /** A table or a view, with its columns. */
  record Relation(String name, String comment, boolean isView, List<Column> columns) {}

  private QuerySession(
      TablesSettings warehouse,
      SessionCluster cluster,
      TableEnvironment env,
      SqlVariables variables,
      List<SqlFile> views,
      List<SqlFile> queries) {
    this.warehouse = warehouse;
    this.cluster = cluster;
    this.env = env;
    this.variables = variables;
    this.views = views;
    this.queries = queries;
  }

  /**
   * Opens a warehouse.
   *
   * @param sql the folder with the views and the ready queries
   * @throws SqlException if it holds no tables
   * @throws io.customerpulse.runtime.lock.NotReadyException if a run fills it, or has left it
   *     unfinished
   */
  static QuerySession open(DeploymentSettings settings, SqlVariables variables, Path sql) {
    BoundedRun.requireFilled(settings.tables());
    try (Warehouse warehouse = Warehouse.open(settings.tables())) {
      if (!warehouse.hasTables()) {
        throw new SqlException(
            settings.tables().warehouse()
                + " holds no tables; "
                + Installation.command("replay")
                + " --tables fills a warehouse");
      }
    }
    Configuration configuration = configuration(settings);
    SessionCluster cluster = SessionCluster.startWarm(configuration);
    try {
      return new QuerySession(
          settings.tables(),
          cluster,
          environment(cluster, configuration, settings),
          variables,
          SqlFile.in(sql.resolve("views")),
          SqlFile.in(sql.resolve("queries")));
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static TableEnvironment environment(
      SessionCluster cluster, Configuration configuration, DeploymentSettings settings) {
    SessionCluster.aim(configuration);
    TableEnvironment env =
        StreamTableEnvironment.create(
            new StreamExecutionEnvironment(
                cluster, configuration, Thread.currentThread().getContextClassLoader()),
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(configuration)
                .build());
    env.createCatalog(CATALOG, CatalogDescriptor.of(CATALOG, catalog(settings)));
    env.useCatalog(CATALOG);
    env.useDatabase(Warehouse.DATABASE);
    return env;
  }

  private static Configuration catalog(DeploymentSettings settings) {
    Configuration catalog =
        Configuration.fromMap(Warehouse.context(settings.tables()).options().toMap());
    catalog.setString("type", "paimon");
    catalog.setString("default-database", Warehouse.DATABASE);
    return catalog;
  }

  private static Configuration configuration(DeploymentSettings settings) {
    Configuration configuration = JobEnvironment.onLoopback(new Configuration());
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
    configuration.set(CoreOptions.TMP_DIRS, System.getProperty("java.io.tmpdir"));
    // All of it is within one process: who doesn't answer for long is busy, not lost.
    configuration.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(2));
    // A task per file would be hundreds of them: as many as there are cores read as fast.
    configuration.setString("paimon.*.*.*.scan.infer-parallelism", "false");
    // Days and times without a zone are those of the shop.
    configuration.set(TableConfigOptions.LOCAL_TIME_ZONE, settings.domain().time().zone().getId());
    return configuration;
  }

  /** Makes the views known that a statement names, and those that they name. */
  private void registerViewsOf(String sql) {
    StringBuilder named = new StringBuilder(sql);
    List<SqlFile> wanted = new ArrayList<>();
    // A view names only views before it.
    for (int i = views.size() - 1; i >= 0; i--) {
      SqlFile view = views.get(i);
      if (mentions(named, view.name())) {
        named.append(' ').append(view.sql());
        wanted.add(0, view);
      }
    }
    wanted.forEach(this::register);
  }

  private static boolean mentions(CharSequence sql, String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }

  private void register(SqlFile view) {
    if (!registered.add(view.name())) {
      return;
    }
    try {
      env.createTemporaryView(view.name(), env.sqlQuery(variables.in(view.sql())));
    } catch (RuntimeException e) {
      throw new SqlException("view " + view.name() + ": " + SqlException.of(e).getMessage());
    }
  }

  /**
   * Runs a statement that reads.
   *
   * @param statement with or without a semicolon at its end, or {@code @name} of a ready query
   * @throws SqlException if it is no statement, or one that changes something
   */
  TableResult run(String statement) {
    requireFilled();
    String sql = statementOf(statement);
    registerViewsOf(sql);
    try {
      List<Operation> operations = parse(sql);
      if (operations.size() == 1 && operations.get(0) instanceof ShowOperation) {
        views.forEach(this::register);
      }
      if (operations.size() != 1 || !reads(operations.get(0))) {
        throw new SqlException(
            "only reading is allowed: SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN");
      }
      return env.executeSql(sql);
    } catch (SqlException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SqlException.of(e, sql, this::isReserved);
    }
  }

  private List<Operation> parse(String sql) {
    return ((TableEnvironmentInternal) env).getParser().parse(sql);
  }

  /** The engine knows best which words can't be names. */
  private boolean isReserved(String word) {
    try {
      parse("SELECT 1 AS " + word);
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  /**
   * Makes sure that nobody has begun to replace the tables: what has been read then is nothing.
   *
   * @throws io.customerpulse.runtime.lock.NotReadyException if a run has
   */
  void requireFilled() {
    BoundedRun.requireFilled(warehouse);
  }

  /**
   * All rows of a statement, as objects by column.
   *
   * @param statement as for {@link #run}; its variables are replaced
   */
  public List<ObjectNode> rows(String statement) {
    TableResult result = run(statement.startsWith(READY) ? statement : variables.in(statement));
    RowType columns = (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType();
    List<ObjectNode> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = result.collect()) {
      while (found.hasNext()) {
        rows.add((ObjectNode) Values.json(found.next(), columns));
      }
    } catch (Exception e) {
      requireFilled();
      throw SqlException.of(e);
    }
    requireFilled();
    return rows;
  }

  private String statementOf(String statement) {
    String sql = statement.strip().replaceFirst(";\\s*$", "");
    if (!sql.startsWith(READY)) {
      return sql;
    }
    String name = sql.substring(1);
    Optional<SqlFile> query =
        queries.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    return variables.in(
        query
            .orElseThrow(
                () ->
                    new SqlException(
                        "@"
                            + name
                            + " is no ready query; allowed: "
                            + String.join(", ", queries.stream().map(SqlFile::name).toList())))
            .sql());
  }

  private static boolean reads(Operation operation) {
    return operation instanceof QueryOperation
        || operation instanceof ShowOperation
        || operation instanceof DescribeTableOperation
        || operation instanceof ExplainOperation;
  }

  /** Every table and view, tables first, by name. */
  List<Relation> relations() {
    views.forEach(this::register);
    TreeMap<String, String> viewComments = new TreeMap<>();
    views.forEach(view -> viewComments.put(view.name(), view.comment()));
    List<Relation> relations = new ArrayList<>();
    for (String name : env.listTables()) {
      if (!viewComments.containsKey(name)) {
        relations.add(relation(name, commentOf(name), false));
      }
    }
    viewComments.forEach((name, comment) -> relations.add(relation(name, comment, true)));
    return relations;
  }

  /** The names of the ready queries. */
  public List<String> readyQueries() {
    return queries.stream().map(SqlFile::name).toList();
  }

  /** The ready queries by name. */
  List<SqlFile> queries() {
    return queries;
  }

  private Relation relation(String name, String comment, boolean isView) {
    return new Relation(name, comment, isView, env.from(name).getResolvedSchema().getColumns());
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    cluster.close();
  }

  private String commentOf(String table) {
    try {
      return env.getCatalog(CATALOG)
          .orElseThrow()
          .getTable(new ObjectPath(Warehouse.DATABASE, table))
          .getComment();
    } catch (TableNotExistException e) {
      throw new SqlException(table + " has gone");
    }
  }
}
