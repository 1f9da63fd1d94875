package io.customerpulse.history.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.domain.config.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  private static final Path REES46 = Path.of("../../config/mappings/rees46-cosmetics.yaml");
  private static final String ORDERS =
      """
      event:
        app_id: shop
        tenant_id: acme
        event_time: {column: paid_at, format: "dd/MM/uuuu HH:mm", zone: Europe/London}
        user_id: {column: customer}
        phone: {column: phone}
      rows:
        otherwise:
          type: purchase
          group_by: [order]
          properties:
            order_id: {column: order}
            status: {column: state, map: {P: paid, X: closed}, default: paid}
            amount_minor: {sum: price, decimals: 2, times: pieces}
          line:
            sku_id: {column: sku}
            quantity: {column: pieces}
            unit_price_minor: {column: price, decimals: 2}
      """;
  private static final String ORDERS_HEADER =
      "order,paid_at,customer,phone,state,sku,pieces,price\n";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void groupsTheRowsOfAnOrderWhereverTheyStandAndDropsExactDuplicates() throws IOException {
    ConvertReport report =
        convert(
            ORDERS,
            ORDERS_HEADER
                + "o1,31/07/2024 09:30,c1,,P,k1,2,10.50\n"
                + "o2,31/07/2024 09:31,c2,+4420,,k2,1,0\n"
                + "o1,31/07/2024 09:30,c1,,P,k1,2,10.50\n"
                + "o1,31/07/2024 09:32,c1,,P,k3,1,0.05\n");

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "{\"type\":\"purchase\",\"app_id\":\"shop\",\"event_time\":\"2024-07-31T08:30:00Z\","
                + "\"tenant_id\":\"acme\",\"user_id\":\"c1\",\"seq\":1,\"properties\":{"
                + "\"order_id\":\"o1\",\"status\":\"paid\",\"amount_minor\":2105,\"lines\":["
                + "{\"quantity\":2,\"sku_id\":\"k1\",\"unit_price_minor\":1050},"
                + "{\"quantity\":1,\"sku_id\":\"k3\",\"unit_price_minor\":5}]}}",
            "{\"type\":\"purchase\",\"app_id\":\"shop\",\"event_time\":\"2024-07-31T08:31:00Z\","
                + "\"phone\":\"+4420\",\"tenant_id\":\"acme\",\"user_id\":\"c2\",\"seq\":2,"
                + "\"properties\":{\"order_id\":\"o2\",\"status\":\"paid\",\"amount_minor\":0,"
                + "\"lines\":[{\"quantity\":1,\"sku_id\":\"k2\",\"unit_price_minor\":0}]}}");
    assertThat(report.fates())
        .isEqualTo(
            Map.of("alone", 0L, "grouped", 3L, "duplicate", 1L, "ignored", 0L, "refused", 0L));
  }

  @Test
  void takesBlanksOfAnyKindForNoPartOfACell() throws IOException {
    convert(
        ORDERS,
        ORDERS_HEADER.replace("customer", "\u00a0customer\u3000")
            + "o1,31/07/2024 09:30,\u00a0c1\u3000\u200b,,P,\ufeffk1\t,2,10.50\n");

    assertThat(out.toString(UTF_8)).contains("\"user_id\":\"c1\"", "\"sku_id\":\"k1\"");
  }

  @Test
  void refusesRowsWithFileLineAndReasonAndGoesOn() throws IOException {
    ConvertReport report =
        convert(
            ORDERS,
            ORDERS_HEADER
                + "o1,30/02/2024 09:30,c1,,P,k1,2,10.50\n"
                + "\n"
                + "o2,31/07/2024 09:30,,,P,k1,2,10.50\n"
                + "o3,31/07/2024 09:30,c1,,Q,k1,2,10.50\n"
                + "o4,31/07/2024 09:30,c1,,P,k1,-2,10.50\n"
                + "o5,31/07/2024 09:30,c1,,P,k1,2,10.505\n"
                + "o6,31/07/2024 09:30,c1,,P,,2,10.50\n"
                + "o7,31/07/2024\n"
                + "o8,31/07/2024 09:30,\ufffd,,P,k1,2,10.50\n"
                + "o9,31/07/2024 09:30,\"c1\",,P,\"k\n1\",2,10.50\n"
                + "o9,31/07/2024 09:30,c2,,P,k2,2,10.50\n"
                + "o9,31/07/1924 09:30,c2,,P,k2,2,10.50\n");

    String input = folder.resolve("input.csv").toString();
    StringWriter said = new StringWriter();
    report.print(new PrintWriter(said));
    assertThat(said.toString().lines())
        .containsExactly(
            "11 rows became 1 events",
            "  purchase              1",
            "0 rows are an event each",
            "1 rows were grouped into 1 events; 0 exact duplicates among them were dropped",
            "0 rows ignored by the mapping, 10 refused",
            "  "
                + input
                + ":2: paid_at: '30/02/2024 09:30' is not allowed; allowed: dd/MM/uuuu HH:mm",
            "  " + input + ":4: names no customer: every identifier is empty",
            "  " + input + ":5: state: 'Q' is not allowed; allowed: P, X",
            "  " + input + ":6: pieces: '-2' is not allowed; allowed: a whole number from 0",
            "  " + input + ":7: price: '10.505' is not allowed; allowed: at most 2 decimals",
            "  " + input + ":8: sku_id has no value",
            "  " + input + ":9: has 2 columns; allowed: 8",
            "  " + input + ":10: has bytes that are no text in the file's character set",
            "  "
                + input
                + ":13: user_id: 'c2' differs from the first row of its group, which has 'c1'",
            "  "
                + input
                + ":14: paid_at: '31/07/1924 09:30' is not allowed; allowed: times from"
                + " 1990-01-01");
  }

  @Test
  void readsGzipByteOrderMarksSeparatorsAndCharacterSets() throws IOException {
    String mapping =
        """
        csv: {columns: [t, u, s, x], separator: ";", charset: GB18030, quote: none}
        event:
          app_id: shop
          event_time: {column: t, format: epoch_millis}
          anonymous_id: {column: u}
        rows:
          column: s
          when:
            搜索: {type: custom, properties: {name: search, attributes: {words: {column: x}}}}
            心跳: ignore
        """;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(
          "1700000000123;u1;搜索;a \"quoted\n1700000000123;u1;心跳;\n1700000000123;u1;?;\n"
              .getBytes(Charset.forName("GB18030")));
    }
    ConvertReport report = convert(mapping, bytes.toByteArray());

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "{\"type\":\"custom\",\"anonymous_id\":\"u1\",\"app_id\":\"shop\","
                + "\"event_time\":\"2023-11-14T22:13:20.123Z\",\"seq\":1,\"properties\":{"
                + "\"name\":\"search\",\"attributes\":{\"words\":\"a \\\"quoted\"}}}\n");
    assertThat(report.fates()).containsEntry("ignored", 1L).containsEntry("refused", 1L);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
    convert(ORDERS, "\ufeff" + ORDERS_HEADER + "o1,31/07/2024 09:30,c1,,P,k1,2,10.50\n");

    assertThat(out.toString(UTF_8)).contains("\"order_id\":\"o1\"");
  }

  @Test
  void numbersRowsOverAllFiles() throws IOException {
    Path one = Files.writeString(folder.resolve("1.csv"), rees46("view,1", "view,2"));
    Path two = Files.writeString(folder.resolve("2.csv"), rees46("view,3"));
    ConvertCommand.convert(REES46, List.of(one, two), out);

    assertThat(out.toString(UTF_8).lines())
        .extracting(
            line -> line.replaceAll(".*\"seq\":(\\d+).*\"product_id\":\"(\\d+)\".*", "$1 $2"))
        .containsExactly("1 1", "2 2", "3 3");
  }

  @Test
  void tellsAllThatIsWrongWithAMapping() {
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                convert(
                    """
                    csv: {columns: [a, b]}
                    event:
                      app_id: {column: a, colum: b}
                      event_time: 2024
                    rows:
                      column: kind
                      when:
                        x: {type: buy}
                        y: {type: cart, properties: {action: put}, line: {product_id: {column: b}}}
                        z: {type: purchase, properties: {order_id: {column: b}}, group_by: [a]}
                        v: {type: browse, line: {sku_id: {column: a}}, group_by: [b]}
                    """,
                    ""));

    assertThat(refusal.problems())
        .extracting(problem -> problem.line() + " " + problem.key())
        .containsExactly(
            "1 csv.columns",
            "2 event",
            "3 event.app_id.colum",
            "4 event.event_time",
            "8 rows.when.x.type",
            "9 rows.when.y.properties.action",
            "9 rows.when.y.line.sku_id",
            "10 rows.when.z.properties.amount_minor",
            "11 rows.when.v.group_by",
            "11 rows.when.v.line");
  }

  @Test
  void tellsWhatAnInputLacksBeforeItWritesAnything() {
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class, () -> convert(ORDERS, "order,paid_at,customer\n"));

    assertThat(refusal)
        .hasMessage(
            folder.resolve("input.csv")
                + ":1: has no column phone, pieces, price, sku, state; its columns: order, paid_at,"
                + " customer");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void aBrokenQuoteCostsItsLineAlone() throws IOException {
    ConvertReport report =
        convert(
            ORDERS,
            ORDERS_HEADER
                + "o1,31/07/2024 09:30,c1,,P,\"k1,2,10.50\n"
                + "o2,31/07/2024 09:30,c1,,P,k2,2,10.50\n"
                + "o3,31/07/2024 09:30,c1,,P,\"k 3\",2,10.50\n"
                + "o4,31/07/2024 09:30,c1,,P,\"k\"4,2,10.50\n"
                + "o5,31/07/2024 09:30,c1,,P,\"k\"\"5\",2,10.50\n"
                + "o6,31/07/2024 09:30,c1,,P,\"k6,2,10.50\n"
                + "o7,31/07/2024 09:30,c1,,P,k7,2,\"\n"
                + "o8,31/07/2024 09:30,c1,,P,\"k8,2,10.50");

    assertThat(orders()).containsExactly("o2 k2", "o3 k 3", "o5 k\\\"5");
    assertThat(refused(report))
        .containsExactly(
            "2: has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted"
                + " in the file, say csv: {quote: none}",
            "5: has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted"
                + " in the file, say csv: {quote: none}",
            "7: has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted"
                + " in the file, say csv: {quote: none}",
            "8: has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted"
                + " in the file, say csv: {quote: none}",
            "9: has a quoted cell that doesn't end, or goes on after its end; if nothing is quoted"
                + " in the file, say csv: {quote: none}");
    assertThat(report.rows()).isEqualTo(8);
  }

  @Test
  void aQuotedCellHasUpToAHundredLines() throws IOException {
    String start = "o1,31/07/2024 09:30,c1,,P,\"k";
    String end = "\",2,10.50\no2,31/07/2024 09:30,c1,,P,k2,2,10.50\n";
    ConvertReport all = convert(ORDERS, ORDERS_HEADER + start + "\r\n".repeat(99) + "z" + end);

    assertThat(orders()).containsExactly("o1 k" + "\\n".repeat(99) + "z", "o2 k2");
    assertThat(all.fates()).containsEntry("refused", 0L);
    out.reset();
    ConvertReport rest = convert(ORDERS, ORDERS_HEADER + start + "\r\n".repeat(100) + "z" + end);
    assertThat(orders()).containsExactly("o2 k2");
    assertThat(refused(rest))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly("2", "102");
  }

  @Test
  void refusesAHeaderThatNamesAColumnOfTheMappingTwice() throws IOException {
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> convert(ORDERS, "price,sku," + ORDERS_HEADER.strip() + ",price,a,a\n"));

    assertThat(refusal.problems())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly(
            "1 has several columns price, at positions 1, 10, 11, and the mapping uses it; allowed:"
                + " one of that name",
            "1 has several columns sku, at positions 2, 8, and the mapping uses it; allowed: one of"
                + " that name");
    assertThat(out.size()).isZero();

    convert(ORDERS, "a,a," + ORDERS_HEADER + "1,2,o1,31/07/2024 09:30,c1,,P,k1,2,10.50\n");
    assertThat(orders()).containsExactly("o1 k1");
  }

  @Test
  void refusesAHeaderWhoseQuoteDoesNotEnd() {
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class, () -> convert(ORDERS, "order,\"paid_at,customer\n")))
        .hasMessageStartingWith(
            folder.resolve("input.csv") + ":1: its header has a quoted cell that doesn't end");
  }

  @Test
  void namesTheFileAndTheLineWhereItCannotBeReadOn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((ORDERS_HEADER + "o1,31/07/2024 09:30,c1,,P,k1,2,10.50\n").getBytes(UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);

    assertThatThrownBy(() -> convert(ORDERS, cut))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("input.csv") + ":")
        .hasMessageContaining("can't be read: ");
    assertThatThrownBy(() -> convert(ORDERS, new byte[] {0x1f, (byte) 0x8b, 7}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("input.csv") + ": can't be read: ");
  }

  @Test
  void saysSoWhereNoRowBecomesAnEvent() throws IOException {
    ConvertReport report = convert(ORDERS, ORDERS_HEADER + "o1,today,c1,,P,k1,2,10.50\n");

    assertThat(refused(report)).last().isEqualTo("Not one row became an event.");
  }

  /** What is said of refused rows, without the file's name. */
  private List<String> refused(ConvertReport report) {
    StringWriter said = new StringWriter();
    report.print(new PrintWriter(said));
    String input = "  " + folder.resolve("input.csv") + ":";
    return said.toString()
        .lines()
        .skip(report.events().size() + 4)
        .map(line -> line.replace(input, ""))
        .toList();
  }

  /** Order and SKU of what was written. */
  private List<String> orders() {
    return out.toString(UTF_8)
        .lines()
        .map(
            line ->
                line.replaceAll(
                    ".*\"order_id\":\"(.*?)\".*\"sku_id\":\"(.*)\",\"unit_price.*", "$1 $2"))
        .toList();
  }

  private ConvertReport convert(String mapping, String csv) throws IOException {
    return convert(mapping, csv.getBytes(UTF_8));
  }

  private ConvertReport convert(String mapping, byte[] csv) throws IOException {
    Path mappingFile = Files.writeString(folder.resolve("mapping.yaml"), mapping);
    Path input = Files.write(folder.resolve("input.csv"), csv);
    return ConvertCommand.convert(mappingFile, List.of(input), out);
  }

  private static String rees46(String... rows) {
    StringBuilder csv =
        new StringBuilder("event_time,event_type,product_id,price,user_id,user_session\n");
    for (String row : rows) {
      csv.append("2022-10-01 00:00:00 UTC,").append(row).append(",1.00,u,s\n");
    }
    return csv.toString();
  }
}
