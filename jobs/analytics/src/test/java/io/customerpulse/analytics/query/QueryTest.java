package io.customerpulse.analytics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The tables against the files of the same replay, and every ready query against known numbers. */
class QueryTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;

  private static QuerySession session;

  @BeforeAll
  static void fillTheTables() throws IOException {
    KnownShop.replay(folder);
    session = KnownShop.session(folder, Map.of("from", "2024-03-01", "to", "2024-03-02"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @CsvSource({
    "behavior_events, behavior_events.jsonl",
    "customer_profiles, customer_profiles.jsonl",
    "lifecycle_transitions, lifecycle_transitions.jsonl",
    "trigger_outcomes, trigger_outcomes.jsonl",
    "customer_redirects, customer_redirects.jsonl"
  })
  void aTableHasTheRecordsOfItsTopic(String table, String file) throws Exception {
    Set<String> expected = new HashSet<>();
    for (JsonNode record : lines(file)) {
      expected.add(withoutNulls(record).toString());
    }
    Set<String> found = new HashSet<>();
    List<String> rows = json("SELECT * FROM " + table);
    for (String row : rows) {
      ObjectNode object = (ObjectNode) JSON.readTree(row);
      object.remove(List.of("day", "month", "first_order_day", "last_order_day"));
      found.add(withoutNulls(object).toString());
    }
    assertThat(found).isEqualTo(expected);
    assertThat(rows).hasSize(lines(file).size());
  }

  @Test
  void aTriggerHasWhatBecameOfIt() throws Exception {
    Map<String, String> expected = new HashMap<>();
    for (JsonNode trigger : lines("triggers.jsonl")) {
      if (trigger.get("action").textValue().equals("FIRE")) {
        expected.put(trigger.get("trigger_id").textValue(), naiveOutcome(trigger));
      }
    }
    assertThat(expected.values())
        .contains("null,0,null,0,null")
        .anyMatch(x -> x.startsWith("CONV"));
    Map<String, String> found = new HashMap<>();
    for (Row row :
        rows(
            "SELECT trigger_id, outcome, COALESCE(conversions, 0), first_order_id,"
                + " COALESCE(revenue_minor, 0), lift_converted FROM triggers"
                + " WHERE fired_at IS NOT NULL")) {
      found.put(
          (String) row.getField(0),
          row.getField(1)
              + ","
              + row.getField(2)
              + ","
              + row.getField(3)
              + ","
              + row.getField(4)
              + ","
              + row.getField(5));
    }
    assertThat(found).isEqualTo(expected);
  }

  private static String naiveOutcome(JsonNode trigger) throws IOException {
    List<JsonNode> conversions = new ArrayList<>();
    for (JsonNode outcome : lines("trigger_outcomes.jsonl")) {
      if (outcome.get("trigger_id").equals(trigger.get("trigger_id"))
          && outcome.get("outcome").textValue().equals("CONVERTED")) {
        conversions.add(outcome);
      }
    }
    if (conversions.isEmpty()) {
      return "null,0,null,0,null";
    }
    return "CONVERTED,"
        + conversions.size()
        + ","
        + conversions.get(0).get("order_id").textValue()
        + ","
        + conversions.stream().mapToLong(c -> c.get("revenue_minor").longValue()).sum()
        + ","
        + conversions.stream().anyMatch(c -> c.get("lift_converted").booleanValue());
  }

  @Test
  void customersNow() throws Exception {
    assertThat(
            json(
                "SELECT stage, recency_days, r_score, f_score, m_score, segment, segment_zh,"
                    + " COUNT(*) AS n FROM customers_now GROUP BY stage, recency_days, r_score,"
                    + " f_score, m_score, segment, segment_zh"))
        .containsExactlyInAnyOrder(
            "{\"stage\":\"REPEAT\",\"recency_days\":8,\"r_score\":4,\"f_score\":2,\"m_score\":1,"
                + "\"segment\":\"potential_loyalist\",\"segment_zh\":\"一般发展\",\"n\":1}",
            "{\"stage\":\"AT_RISK\",\"recency_days\":39,\"r_score\":3,\"f_score\":1,\"m_score\":1,"
                + "\"segment\":\"about_to_sleep\",\"segment_zh\":\"一般挽留\",\"n\":1}",
            "{\"stage\":\"AT_RISK\",\"recency_days\":37,\"r_score\":3,\"f_score\":1,\"m_score\":1,"
                + "\"segment\":\"about_to_sleep\",\"segment_zh\":\"一般挽留\",\"n\":10}",
            "{\"stage\":\"PROSPECT\",\"recency_days\":null,\"r_score\":null,\"f_score\":null,\"m_score\":null,"
                + "\"segment\":\"prospect\",\"segment_zh\":\"潜在客户\",\"n\":11}");
    assertThat(rows("@customers_now")).hasSize(23);
  }

  @Test
  void rfmGridAndSegments() throws Exception {
    assertThat(text("@rfm_grid"))
        .containsExactly("default,4,0,1,0,0,0,5000", "default,3,11,0,0,0,0,6000");
    assertThat(text("@segments"))
        .containsExactly(
            "default,about_to_sleep,一般挽留,11,6000,545",
            "default,potential_loyalist,一般发展,1,5000,5000",
            "default,prospect,潜在客户,11,0,0");
  }

  @Test
  void dailyMetrics() throws Exception {
    assertThat(text("SELECT * FROM daily_metrics ORDER BY `day`, app_id"))
        .containsExactlyInAnyOrder(
            "2024-03-01,default,wx1,3,3,2,1,3000,1,0",
            "2024-03-02,default,wx1,21,0,20,1,1000,20,1",
            "2024-03-03,default,wx1,0,0,0,0,0,20,0",
            "2024-03-04,default,wx1,10,0,0,10,5000,0,10",
            "2024-03-05,default,wx1,0,0,0,0,0,10,0",
            "2024-03-31,default,null,0,0,0,0,0,1,0",
            "2024-04-01,default,null,0,0,0,0,0,1,0",
            "2024-04-02,default,wx1,1,0,0,1,2000,0,0",
            "2024-04-02,default,null,0,0,0,0,0,0,1",
            "2024-04-03,default,null,0,0,0,0,0,10,0");
  }

  @Test
  void funnelAndAbandonment() throws Exception {
    assertThat(text("@funnel"))
        .containsExactly(
            "2024-03-01,default,wx1,3,2,1,0.6666666666666666,0.5",
            "2024-03-02,default,wx1,0,0,0,null,null",
            "2024-03-04,default,wx1,0,0,0,null,null",
            "2024-04-02,default,wx1,0,0,0,null,null");
    assertThat(text("@cart_abandonment_rate"))
        .containsExactly("2024-03-01,default,wx1,2,2,0.0", "2024-03-02,default,wx1,20,0,1.0");
  }

  @Test
  void lifecycleFlow() throws Exception {
    assertThat(text("@lifecycle_flow"))
        .containsExactlyInAnyOrder(
            "default,null,PROSPECT,20",
            "default,NEW,NEW,1",
            "default,PROSPECT,NEW,1",
            "default,PROSPECT,PROSPECT,1");
  }

  @Test
  void triggerLiftAgainstTheHoldout() throws Exception {
    Map<String, Set<String>> customers = new HashMap<>();
    for (JsonNode trigger : lines("triggers.jsonl")) {
      if (trigger.get("rule_id").textValue().equals("cart-reminder")) {
        String variant = trigger.get("variant").textValue();
        String customer = trigger.get("customer_id").textValue();
        customers.computeIfAbsent(variant, key -> new HashSet<>()).add(customer);
        if (isLift(trigger)) {
          customers.computeIfAbsent(variant + " converted", key -> new HashSet<>()).add(customer);
        }
      }
    }
    double treated = customers.get("treated").size();
    double holdout = customers.get("holdout").size();
    assertThat(treated + holdout).isEqualTo(KnownShop.ABANDONERS + 1);
    double p = customers.get("treated converted").size() / treated;
    double q = customers.get("holdout converted").size() / holdout;
    double margin = 1.96 * Math.sqrt(p * (1 - p) / treated + q * (1 - q) / holdout);
    Row row = rows("@trigger_lift").get(0);
    assertThat(row.getField("rule_id")).isEqualTo("cart-reminder");
    assertThat((Long) row.getField("treated")).isEqualTo((long) treated);
    assertThat((Long) row.getField("holdout")).isEqualTo((long) holdout);
    assertThat((Double) row.getField("lift")).isCloseTo(p - q, within(1e-9));
    assertThat((Double) row.getField("lift_from")).isCloseTo(p - q - margin, within(1e-9));
    assertThat((Double) row.getField("lift_to")).isCloseTo(p - q + margin, within(1e-9));
  }

  private static boolean isLift(JsonNode trigger) throws IOException {
    for (JsonNode outcome : lines("trigger_outcomes.jsonl")) {
      if (outcome.get("trigger_id").equals(trigger.get("trigger_id"))
          && outcome.get("lift_converted").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void winBackRate() throws Exception {
    assertThat(text("@win_back_rate"))
        .containsExactly(
            "default,win-back,2024-03,treated,1,1,1.0,2000",
            "default,win-back,2024-04,treated,11,0,0.0,0");
  }

  @Test
  void productsCohortsAndPairs() throws Exception {
    assertThat(text("@products_left_in_carts")).containsExactly("default,P3,10,10,5000");
    assertThat(text("@cohort_retention"))
        .containsExactly("default,2024-03,0,12,1.0", "default,2024-03,1,1,0.08333333333333333");
    assertThat(text("@bought_together")).containsExactly("default,P1,P2,1," + 13.0 / 3);
  }

  @Test
  void everyReadyQueryHasACommentAndATest() throws Exception {
    String tests =
        Files.readString(Path.of("src/test/java/io/customerpulse/analytics/query/QueryTest.java"));
    assertThat(session.queries())
        .isNotEmpty()
        .allSatisfy(
            query -> {
              assertThat(query.comment()).as(query.name()).hasSizeGreaterThan(60);
              assertThat(tests).contains("\"@" + query.name() + '"');
            });
    assertThat(session.relations())
        .isNotEmpty()
        .allSatisfy(relation -> assertThat(relation.comment()).as(relation.name()).isNotBlank());
  }

  @Test
  void csvIsTheHeaderAndTheRowsAlone() {
    Answer answer =
        query("--format", "csv", "SELECT order_id, amount_minor FROM orders WHERE order_id = 'o1'");
    assertThat(answer.out()).isEqualTo("order_id,amount_minor\no1,3000\n");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void timeTravelShowsEarlierStates() throws Exception {
    assertThat(text("SELECT COUNT(*) FROM behavior_events /*+ OPTIONS('scan.snapshot-id'='1') */"))
        .hasSize(1);
    assertThatThrownBy(
            () ->
                text(
                    "SELECT COUNT(*) FROM behavior_events FOR SYSTEM_TIME AS OF TIMESTAMP"
                        + " '2001-01-01 00:00:00'"))
        .isInstanceOf(SqlException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT nothing FROM triggers | line 1, column 8",
        "SELECT FROM triggers | line 1, column 8",
        "SELECT COUNT(*) FROM trigers | trigers",
        "SELEC stage FROM triggers | line 1, column 1: didn't expect \"SELEC\" here",
        "SELECT stage FROM triggers GROUP BYE stage | column 34: didn't expect \"BYE\" here",
        "SELECT step FROM triggers WHERE | column 31: the statement can't end here",
        "SELECT @ FROM triggers | line 1, column 8: didn't expect \"@\" here",
        "SELECT step FROM triggers t JOIN | line 1, column 29: didn't expect \"JOIN\" here",
        "SELECT day FROM triggers | line 1, column 8: didn't expect \"day\" here; it is a reserved"
            + " word: as a name it stands in backticks, `day`",
        "SELECT from FROM triggers | backticks, `from`",
        "SELECT to FROM triggers | backticks, `to`",
        "SELECT at FROM triggers | backticks, `at`",
        "SELECT views FROM triggers | backticks, `views`",
        "SELECT step AS value FROM triggers | column 16: didn't expect \"value\" here; it is a"
            + " reserved word",
        "DROP TABLE triggers | only reading is allowed",
        "DELETE FROM triggers WHERE step = 1 | only reading is allowed",
        "@nonsense | allowed: bought_together"
      })
  void whatIsWrongIsOneLineWithItsPlace(String sql, String place) {
    Answer answer = query(sql);
    assertThat(answer.err()).contains(place).doesNotContain("Exception");
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(2);
  }

  @Test
  void anEmptyFolderIsNoWarehouse(@TempDir Path empty) {
    Answer answer = run("--warehouse", empty.toString(), "SELECT 1");
    assertThat(answer.err()).contains(empty.toString(), "scripts/replay --tables");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(empty).isEmptyDirectory();
  }

  private record Answer(String out, String err, int exitCode) {}

  private static Answer query(String... args) {
    List<String> all =
        new ArrayList<>(List.of("--warehouse", folder.resolve("warehouse").toString()));
    all.addAll(Arrays.asList(args));
    return run(all.toArray(String[]::new));
  }

  private static Answer run(String... args) {
    PrintStream before = System.out;
    String home = System.getProperty("customerpulse.home");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setProperty("customerpulse.home", "../..");
      int exitCode =
          new CommandLine(new QueryCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setErr(new PrintWriter(err, true))
              .execute(args);
      return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(), exitCode);
    } finally {
      System.setOut(before);
      if (home == null) {
        System.clearProperty("customerpulse.home");
      }
    }
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out").resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** What the union of all properties lacks is null in a table and absent in a record. */
  private static JsonNode withoutNulls(JsonNode node) {
    Iterator<JsonNode> children = node.iterator();
    while (children.hasNext()) {
      JsonNode child = withoutNulls(children.next());
      if (node.isObject() && (child.isNull() || (child.isObject() && child.isEmpty()))) {
        children.remove();
      }
    }
    if (node.isObject()) {
      ObjectNode sorted = JSON.createObjectNode();
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      names.sort(null);
      names.forEach(name -> sorted.set(name, withoutNulls(node.get(name))));
      return sorted;
    }
    return node;
  }

  private static List<Row> rows(String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> all = session.run(sql).collect()) {
      all.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static List<String> text(String sql) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Row row : rows(sql)) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.getArity(); i++) {
        cells.add(Values.text(row.getField(i), null, "null"));
      }
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  private static List<String> json(String sql) throws Exception {
    TableResult result = session.run(sql);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    try (CloseableIterator<Row> rows = result.collect()) {
      ResultFormat.JSON.write(
          (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType(), rows, out);
    }
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
