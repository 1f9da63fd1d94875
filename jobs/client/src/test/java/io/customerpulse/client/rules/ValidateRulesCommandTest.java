package io.customerpulse.client.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateRulesCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void warnsOfWhatAFilterDoesNotAskForAndPassesIt() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - {id: vip-only, kind: cart_abandonment, filter: "customer.level == 'vip'"}
              - {id: asks, kind: cart_abandonment, filter: "has(customer.level) && customer.level == 'vip'"}
              - id: per-order
                kind: post_purchase
                steps: [1h]
                filter: "event.amount_minor / customer.orders > 5000"
            """);

    assertThat(validate(file)).isZero();
    assertThat(err.toString().lines())
        .containsExactly(
            "warning: "
                + file
                + ":2: vip-only.filter: at 1:9 customer.level may be unset, which suppresses the"
                + " step as filter_error; ask first: has(customer.level) && …, or"
                + " !has(customer.level) || …",
            "warning: "
                + file
                + ":4: per-order.filter: at 1:20 customer.orders may be 0 in event.amount_minor /"
                + " customer.orders, which suppresses the step as filter_error; ask first:"
                + " customer.orders > 0 && …");
    assertThat(out.toString().lines())
        .containsExactly(
            "vip-only v1: cart_abandonment, is right.",
            "asks v1: cart_abandonment, is right.",
            "per-order v1: post_purchase, is right.");
  }

  @Test
  void saysNothingOfTheShippedRules() {
    assertThat(validate(Path.of("../../config/rules"), Path.of("../../config/rules-examples")))
        .isZero();
    assertThat(err.toString()).isEmpty();
  }

  private int validate(Path... paths) {
    CommandLine command =
        new CommandLine(new ValidateRulesCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] args = new String[paths.length + 2];
    args[0] = "--config";
    args[1] = "../../config/minimal.yaml";
    for (int i = 0; i < paths.length; i++) {
      args[i + 2] = paths[i].toString();
    }
    return command.execute(args);
  }
}
