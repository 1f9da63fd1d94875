package io.customerpulse.history.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitCommandTest {
  private static final long SEED = 41;
  private static final LocalDate START = LocalDate.parse("2023-01-02");
  private static final Parameters TRUTH = new Parameters(0.525, 6.183, 0.891, 1.614);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Tracking events → JSON: the same as from the histories that were simulated. */
  @Test
  void fitsTheOrdersOfALogOfDays() throws IOException {
    SimulatedBuyers simulated = new SimulatedBuyers(PurchaseModel.MBG_NBD, TRUTH, SEED);
    int size = 1500;
    int[] repeats = new int[size];
    double[] recencies = new double[size];
    double[] ages = new double[size];
    int[] ones = new int[size];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int joined = i % 84;
      int age = 272 - joined;
      Set<Integer> days = new HashSet<>();
      for (double weeks : simulated.next(age / 7.0)) {
        days.add((int) (weeks * 7));
      }
      for (int day : days) {
        lines.add(order(i, START.plusDays(joined + day), "a"));
        lines.add(order(i, START.plusDays(joined + day), "b"));
      }
      repeats[i] = days.size() - 1;
      recencies[i] = Collections.max(days) / 7.0;
      ages[i] = age / 7.0;
      ones[i] = 1;
    }
    lines.addAll(lines.subList(0, 200));
    Collections.shuffle(lines, new Random(SEED));
    Path input = Files.write(folder.resolve("events.jsonl"), lines);
    String asOf = START.plusDays(272) + "T23:59:59+08:00";

    assertThat(run("--input", input.toString(), "--as-of", asOf, "--json")).as("%s", err).isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    Sample sample = new Sample(repeats, recencies, ages, ones);
    assertThat(json.get("customers").asInt()).isEqualTo(size);
    for (PurchaseModel model : PurchaseModel.values()) {
      Estimate expected = new MaximumLikelihood(model, sample, value -> {}).estimate();
      JsonNode one = json.get(model == PurchaseModel.BG_NBD ? "bg_nbd" : "mbg_nbd");
      assertThat(one.get("log_likelihood").asDouble())
          .isCloseTo(expected.logLikelihood(), within(1e-6));
      for (int i = 0; i < Parameters.NAMES.size(); i++) {
        String name = Parameters.NAMES.get(i);
        double value = expected.parameters().values().get(i);
        double error = expected.standardErrors().get(i);
        assertThat(one.get(name).asDouble()).isCloseTo(value, within(1e-3 * error));
        assertThat(one.get("standard_errors").get(name).asDouble())
            .isCloseTo(error, within(1e-2 * error));
        if (model == PurchaseModel.MBG_NBD) {
          assertThat(one.get(name).asDouble())
              .as("seed %d", SEED)
              .isCloseTo(TRUTH.values().get(i), within(2 * error));
        }
      }
    }
  }

  private static String order(int customer, LocalDate day, String part) {
    String id = customer + "-" + day + part;
    return String.format(
        Locale.ROOT,
        "{\"type\":\"purchase\",\"app_id\":\"shop\",\"event_id\":\"%s\",\"user_id\":\"u%d\","
            + "\"event_time\":\"%sT00:00:00+08:00\","
            + "\"properties\":{\"order_id\":\"%s\",\"amount_minor\":100}}",
        id,
        customer,
        day,
        id);
  }

  @Test
  void wrongArgumentsAreToldAllAtOnce() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "lifecycle: {model: {r: -1}}\n");

    assertThat(
            new CommandLine(new FitCommand())
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(
                    (failure, command, parsed) -> {
                      err.write(failure.getMessage());
                      return 2;
                    })
                .execute("--input", "absent", "--as-of", "soon", "--config", config.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("absent").contains("--as-of").contains("lifecycle.model.r");
    assertThat(run("--input", "absent", "--unit", "years")).isEqualTo(2);
    assertThat(err.toString()).contains("--unit");
  }

  private int run(String... args) {
    return new CommandLine(new FitCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }
}
