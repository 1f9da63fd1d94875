package io.customerpulse.history.fit;

import static io.customerpulse.client.installation.Installation.COMMANDS;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.history.replay.CleanEvents;
import io.customerpulse.history.replay.InputOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The parameters of the purchase model that make the orders of a log most likely. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description = {
      "Estimates the parameters r, alpha, a and b of the BG/NBD and MBG/NBD models from the orders"
          + " of tracking events, by maximum likelihood, and prints them with their standard errors"
          + " and the settings to paste. The events are read as "
          + COMMANDS
          + "replay reads them: the same"
          + " duplicates, customers and orders. Several orders of a day are one.",
      "Take customers as they came, not a choice of good ones, and a time in which many of them"
          + " could have bought again. Where all orders stand at one time of the day, whole days"
          + " are counted."
    })
public final class FitCommand implements Callable<Integer> {
  private static final MathContext FIVE_DIGITS = new MathContext(5);

  /** In which time is counted. */
  enum Unit {
    DAYS(Duration.ofDays(1)),
    WEEKS(Duration.ofDays(7));

    private final Duration duration;

    Unit(Duration duration) {
      this.duration = duration;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private InputOptions input;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "In which alpha counts: weeks or days [weeks].")
  private Unit unit = Unit.WEEKS;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean asJson;

  @Spec private CommandSpec spec;

  private Instant asOf;
  private Buyers buyers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Problems problems = new Problems();
    List<Path> files = input.files(problems);
    Instant end = input.asOf(problems);
    DeploymentSettings settings = input.settings(problems);
    problems.throwIfAny();
    Sample sample;
    List<Estimate> estimates;
    try (Progress progress = Progress.onStandardError()) {
      sample = sample(files, end, settings, progress);
      estimates =
          Stream.of(PurchaseModel.values())
              .map(model -> estimate(model, sample, progress))
              .toList();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      print(out, json(estimates, sample.size()));
    } else {
      print(out, settings.domain().time().zone(), estimates);
    }
    out.flush();
    return 0;
  }

  private Sample sample(
      List<Path> files, Instant end, DeploymentSettings settings, Progress progress)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("fit-");
    ShutdownHook cleaning = new ShutdownHook("fit-cleaning", () -> delete(work));
    try {
      CleanEvents events = CleanEvents.of(files, end, settings, work.resolve("replay"), progress);
      asOf = events.asOf();
      buyers =
          new OrderHistories(events, settings.domain(), work, read -> showReading(progress, read))
              .read();
    } finally {
      cleaning.close();
    }
    Sample sample = buyers.sample(unit.duration);
    if (sample.repeaters() == 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "of %,d customers with orders none has bought on a second day; the models learn from"
                  + " those",
              buyers.size()));
    }
    return sample;
  }

  private static void showReading(Progress progress, long read) {
    progress.show(() -> String.format(Locale.ROOT, "Reading orders: %,d events", read));
  }

  private static Estimate estimate(PurchaseModel model, Sample sample, Progress progress) {
    int[] evaluations = {0};
    return new MaximumLikelihood(
            model,
            sample,
            value -> {
              evaluations[0]++;
              progress.show(
                  () ->
                      String.format(
                          Locale.ROOT,
                          "Fitting %s to %,d customers: evaluation %,d, log-likelihood %.3f",
                          model.title(),
                          sample.size(),
                          evaluations[0],
                          value));
            })
        .estimate();
  }

  private static void delete(Path root) {
    try {
      FileUtils.deleteDirectory(root.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- what is printed ---

  private static ObjectNode json(List<Estimate> estimates, long customers) {
    ObjectNode all = JsonMapper.builder().build().createObjectNode();
    for (Estimate estimate : estimates) {
      ObjectNode one = all.putObject(estimate.model().name().toLowerCase(Locale.ROOT));
      put(one, estimate.parameters().values());
      one.put("log_likelihood", estimate.logLikelihood());
      if (estimate.standardErrors() == null) {
        one.putNull("standard_errors");
      } else {
        put(one.putObject("standard_errors"), estimate.standardErrors());
      }
    }
    return all.put("customers", customers);
  }

  private static void put(ObjectNode node, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      node.put(Parameters.NAMES.get(i), values.get(i));
    }
  }

  private static void print(PrintWriter out, ObjectNode json) throws IOException {
    out.println(
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(json));
  }

  private void print(PrintWriter out, ZoneId zone, List<Estimate> estimates) {
    out.printf(
        Locale.ROOT,
        "%,d customers with %,d order days up to %s; time in %s%s.%n%n",
        buyers.size(),
        buyers.orderDays(),
        asOf.atZone(zone).toOffsetDateTime(),
        unit,
        buyers.areByDay() ? ", whole days" : "");
    out.printf(
        Locale.ROOT, "%-10s%20s%20s%20s%20s%18s%n", "", "r", "alpha", "a", "b", "log-likelihood");
    for (Estimate estimate : estimates) {
      out.printf(Locale.ROOT, "%-10s", estimate.model().title());
      for (int i = 0; i < Parameters.NAMES.size(); i++) {
        out.printf(Locale.ROOT, "%20s", value(estimate, i));
      }
      out.printf(Locale.ROOT, "%18.3f%n", estimate.logLikelihood());
    }
    out.println("(standard errors in brackets)");
    Parameters model =
        estimates.stream()
            .filter(estimate -> estimate.model() == PurchaseModel.MBG_NBD)
            .findFirst()
            .orElseThrow()
            .parameters();
    out.printf(
        Locale.ROOT,
        "%nThe settings, which take MBG/NBD:%n%nlifecycle:%n"
            + "  model: {r: %s, alpha: %s, a: %s, b: %s, unit: %s}%n",
        plain(model.r()),
        plain(model.alpha()),
        plain(model.a()),
        plain(model.b()),
        unit);
  }

  private static String value(Estimate estimate, int i) {
    List<Double> errors = estimate.standardErrors();
    String error = errors == null ? "unknown" : String.format(Locale.ROOT, "%.4f", errors.get(i));
    return String.format(Locale.ROOT, "%.4f (%s)", estimate.parameters().values().get(i), error);
  }

  private static String plain(double value) {
    return new BigDecimal(value).round(FIVE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
