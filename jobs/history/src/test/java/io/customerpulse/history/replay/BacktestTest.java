package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A shop of three customers: two carts left, one of which is bought after all. */
class BacktestTest {
  private static final String PRESENT =
      """
      rules:
        - {id: reminder, version: 1, kind: cart_abandonment, steps: [1h, 24h], quiet_hours: none}
        - {id: other, version: 1, kind: reactivation}
      """;
  private static final String CHANGED =
      """
      rules:
        - {id: reminder, version: 2, kind: cart_abandonment, steps: [30m], quiet_hours: none,
           filter: "cart.value_minor >= 1000"}
        - {id: held, kind: cart_abandonment, steps: [30m], cooldown: none, holdout_percent: 100,
           quiet_hours: none}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int backtest(String... more) throws IOException {
    Path present = Files.writeString(folder.resolve("present.yaml"), PRESENT);
    Path changed = Files.writeString(folder.resolve("changed.yaml"), CHANGED);
    Path events = Files.writeString(folder.resolve("events.jsonl"), events());
    String[] fixed = {
      changed.toString(),
      "--input",
      events.toString(),
      "--present",
      present.toString(),
      "--parallelism",
      "1",
      "--as-of",
      "2024-03-05T00:00:00Z"
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return new CommandLine(new BacktestCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private static String events() {
    return String.join(
            "\n",
            cart("left", "2024-03-01T02:00:00Z", 500),
            cart("bought", "2024-03-01T03:00:00Z", 5000),
            "{'event_id':'p','type':'purchase','app_id':'wx1','openid':'bought',"
                + "'event_time':'2024-03-01T05:00:00Z',"
                + "'properties':{'order_id':'o1','amount_minor':5000}}")
        .replace('\'', '"');
  }

  private static String cart(String customer, String time, int price) {
    return String.format(
        Locale.ROOT,
        "{'event_id':'%s','type':'cart','app_id':'wx1','openid':'%s','event_time':'%s',"
            + "'properties':{'action':'add','lines':[{'sku_id':'K1','unit_price_minor':%d}]}}",
        customer,
        customer,
        time,
        price);
  }

  @Test
  void bothSidesOfEveryRuleAreCounted() throws IOException {
    assertThat(backtest("--json")).as(err::toString).isZero();
    JsonNode rules = ReplayRunner.JSON.readTree(out.toString()).get("rules");
    JsonNode before = rules.get("reminder").get("present");
    assertThat(before.get("episodes").asInt()).isEqualTo(2);
    // Of the cart that was bought one step, of the other both.
    assertThat(before.get("fired_by_step")).hasToString("{\"1\":2,\"2\":1}");
    assertThat(before.get("fired_by_day")).hasToString("{\"2024-03-01\":2,\"2024-03-02\":1}");
    assertThat(before.get("customers_reached").asInt()).isEqualTo(2);
    assertThat(before.get("converted").asInt()).isEqualTo(1);
    assertThat(before.get("revenue_minor").asInt()).isEqualTo(5000);
    JsonNode after = rules.get("reminder").get("changed");
    assertThat(after.get("version").asInt()).isEqualTo(2);
    assertThat(after.get("fired").asInt()).isEqualTo(1);
    assertThat(after.get("suppressed")).hasToString("{\"filter\":1}");
    JsonNode held = rules.get("held");
    assertThat(held.get("present").isNull()).isTrue();
    assertThat(held.get("changed").get("fired").asInt()).isZero();
    assertThat(held.get("changed").get("held_out").asInt()).isEqualTo(2);
    assertThat(held.get("changed").get("held_out_converted").asInt()).isEqualTo(1);
    assertThat(rules.get("other").get("changed")).isEqualTo(rules.get("other").get("present"));
  }

  @Test
  void aTableShowsWhatDiffers() throws IOException {
    assertThat(backtest()).as(err::toString).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains(
            "reminder",
            "changed present",
            "episodes 2 2",
            "fired 1 3 *",
            "step 2 0 1 *",
            "by filter 1 0 *",
            "held out 2 –  *".replace("  ", " "),
            "2024-03-02 0 1 *");
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsRun() throws IOException {
    assertThat(backtest("--parallelism", "99")).isNotZero();
    assertThat(out.toString()).isEmpty();
  }
}
