package io.customerpulse.analytics.query;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.history.replay.ReplayCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/**
 * Some events that can be followed by hand, replayed into tables.
 *
 * <p>On 1 March, in Shanghai: A looks, fills a cart with P1 and orders P1 and P2; B looks and
 * leaves P1 in the cart until the next morning; C looks once, which is reported twice. On 2 March
 * D0 to D19 leave P3 in their carts; on 4 March those with even numbers order it. On 2 April A
 * comes back and orders P1, two days after a win-back message. All ends on 10 April.
 */
public final class KnownShop {
  public static final int ABANDONERS = 20;
  public static final String AS_OF = "2024-04-10T00:00:00+08:00";

  private static final String RULES =
      """
      rules:
        - id: cart-reminder
          kind: cart_abandonment
          quiet_hours: none
          holdout_percent: 50
        - id: win-back
          kind: reactivation
          stage: at_risk
          steps: [0s]
          quiet_hours: none
      """;

  private KnownShop() {}

  /** Replays into {@code folder/out} and {@code folder/warehouse}. */
  public static void replay(Path folder) throws IOException {
    Path input = Files.write(folder.resolve("events.jsonl"), events());
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            rfm: {scoring: thresholds}
            state: {backend: hashmap}
            tables: {buckets: 2}
            """);
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new ReplayCommand());
    command.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    int exitCode =
        command.execute(
            "--input",
            input.toString(),
            "--out",
            folder.resolve("out").toString(),
            "--config",
            config.toString(),
            "--rules",
            rules.toString(),
            "--as-of",
            AS_OF,
            "--parallelism",
            "1",
            "--tables",
            folder.resolve("warehouse").toString());
    if (exitCode != 0) {
      throw new AssertionError(said);
    }
  }

  static DeploymentSettings settings(Path folder) {
    return DeploymentSettingsReader.defaults()
        .withWarehouse(folder.resolve("warehouse").toString());
  }

  static QuerySession session(Path folder, Map<String, String> variables) {
    return QuerySession.open(
        settings(folder),
        new SqlVariables(
            settings(folder).domain(), Instant.parse("2024-04-09T16:00:00Z"), variables),
        Path.of("../../config/sql"));
  }

  private static List<String> events() {
    List<String> events = new ArrayList<>();
    events.add(look("a", "2024-03-01T10:00", "P1"));
    events.add(cart("a", "2024-03-01T10:05", "K1", "P1", 2, 1_000));
    events.add(
        order(
            "a",
            "2024-03-01T10:30",
            "o1",
            3_000,
            line("K1", "P1", 2, 1_000),
            line("K2", "P2", 1, 1_000)));
    events.add(look("b", "2024-03-01T11:00", "P1"));
    events.add(cart("b", "2024-03-01T11:05", "K1", "P1", 1, 1_000));
    events.add(visit("c", "2024-03-01T12:00", "P2", "v1"));
    events.add(visit("c", "2024-03-01T12:01", "P2", "v1"));
    events.add(order("b", "2024-03-02T09:00", "o2", 1_000, line("K1", "P1", 1, 1_000)));
    for (int i = 0; i < ABANDONERS; i++) {
      events.add(cart("d" + i, "2024-03-02T10:00", "K3", "P3", 1, 500));
      if (i % 2 == 0) {
        events.add(order("d" + i, "2024-03-04T10:00", "od" + i, 500, line("K3", "P3", 1, 500)));
      }
    }
    events.add(order("a", "2024-04-02T10:00", "o3", 2_000, line("K1", "P1", 2, 1_000)));
    return events;
  }

  private static String look(String user, String time, String product) {
    return event(user, time, "browse", "\"product_id\":\"" + product + '"');
  }

  private static String visit(String user, String time, String product, String visit) {
    return event(
        user, time, "browse", "\"product_id\":\"" + product + "\",\"visit_id\":\"" + visit + '"');
  }

  private static String cart(
      String user, String time, String sku, String product, int quantity, int price) {
    return event(
        user,
        time,
        "cart",
        "\"action\":\"add\",\"lines\":[" + line(sku, product, quantity, price) + ']');
  }

  private static String order(String user, String time, String id, int amount, String... lines) {
    return event(
        user,
        time,
        "purchase",
        "\"order_id\":\""
            + id
            + "\",\"amount_minor\":"
            + amount
            + ",\"lines\":["
            + String.join(",", lines)
            + ']');
  }

  private static String line(String sku, String product, int quantity, int price) {
    return String.format(
        Locale.ROOT,
        "{\"sku_id\":\"%s\",\"product_id\":\"%s\",\"quantity\":%d,\"unit_price_minor\":%d}",
        sku,
        product,
        quantity,
        price);
  }

  private static String event(String user, String time, String type, String properties) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"%s\",\"app_id\":\"wx1\",\"event_time\":\"%s:00+08:00\",\"user_id\":\"%s\",\"properties\":{%s}}",
        type,
        time,
        user,
        properties);
  }
}
