package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Filters that fail on what they don't ask for are warned of, and what they suppress is counted.
 */
class UnaskedFilterTest {
  private static final String RULES =
      """
      rules:
        - {id: unasked, kind: cart_abandonment, steps: [1h], quiet_hours: none, filter: "customer.level == 'vip'"}
        - {id: asks, kind: cart_abandonment, steps: [1h], quiet_hours: none,
           filter: "has(customer.level) && customer.level == 'vip'"}
      """;

  @TempDir private Path folder;

  @Test
  void isWarnedOfAndCountedApart() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {'event_id':'1','type':'profile','app_id':'wx1','openid':'tin','event_time':'2024-03-01T01:00:00Z','properties':{'level':'tin'}}
            {'event_id':'2','type':'cart','app_id':'wx1','openid':'tin','event_time':'2024-03-01T02:00:00Z','properties':{'action':'add','lines':[{'sku_id':'K1'}]}}
            {'event_id':'3','type':'cart','app_id':'wx1','openid':'new','event_time':'2024-03-01T02:00:00Z','properties':{'action':'add','lines':[{'sku_id':'K1'}]}}
            """
                .replace('\'', '"'));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                "--input",
                events.toString(),
                "--out",
                folder.resolve("result").toString(),
                "--config",
                "../../config/minimal.yaml",
                "--rules",
                rules.toString(),
                "--as-of",
                "2024-03-02T00:00:00Z",
                "--parallelism",
                "1");

    assertThat(code).as(err::toString).isZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("warning: unasked.filter: at 1:9 customer.level may be unset");
    JsonNode counts =
        ReplayRunner.JSON.readTree(folder.resolve("result/summary.json").toFile()).get("triggers");
    assertThat(counts.get("unasked"))
        .hasToString(
            "{\"episodes\":2,\"fired\":0,\"cancelled\":0,\"suppressed\":2,\"filter_error\":1,"
                + "\"expired\":0,\"converted\":0}");
    assertThat(counts.get("asks").get("suppressed").asInt()).isEqualTo(2);
    assertThat(counts.get("asks").get("filter_error").asInt()).isZero();
    assertThat(out.toString())
        .contains("unasked: 0 fired, 0 cancelled, 2 suppressed (1 by filter_error), 0 expired")
        .contains("asks: 0 fired, 0 cancelled, 2 suppressed, 0 expired");
  }
}
