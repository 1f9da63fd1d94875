package io.customerpulse.analytics.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.analytics.query.QuerySession;
import io.customerpulse.analytics.query.SqlException;
import io.customerpulse.analytics.query.WarehouseOptions;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/report}: the tables as charts that people would rather look at. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "One HTML file of charts over the output tables: recency and frequency, segments, lifecycle"
          + " flow, the funnel by day, triggers with what they brought, and the quality of the"
          + " data. It holds everything and loads nothing, so it can be mailed, opened anywhere,"
          + " printed.",
      "Customers and segments are those of the tables' present state, with recency counted to"
          + " --day."
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int MAX_DAYS = 366;

  @Mixin private WarehouseOptions warehouse;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description =
          "The last day, such as 2024-03-01 [the present day; of a replay's or a demo's tables the"
              + " day at which it ended].")
  private String day;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many days the movements cover, 1 to 366 [${DEFAULT-VALUE}].")
  private int days;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "Whose customers [the tables' only tenant].")
  private String tenant;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      defaultValue = "en",
      description = "${COMPLETION-CANDIDATES} [${DEFAULT-VALUE}].")
  private Language language;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "Where the page goes [${DEFAULT-VALUE}].")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    check();
    try (Progress progress = Progress.onStandardError()) {
      write(ReportPage.of(data(progress)));
    } catch (SqlException e) {
      throw refused(e.getMessage());
    }
    spec.commandLine().getOut().println("Written to " + out + ".");
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private ObjectNode data(Progress progress) {
    DeploymentSettings settings = warehouse.settings();
    Instant now = warehouse.now(settings, "--day", day);
    LocalDate last = LocalDate.ofInstant(now, settings.domain().time().zone());
    LocalDate present =
        LocalDate.ofInstant(
            warehouse.now(settings, "--day", null), settings.domain().time().zone());
    LocalDate before = last.minusDays(days);
    String tenantId = tenantId(settings, now);
    ObjectNode data;
    try (QuerySession session =
        warehouse.open(
            settings,
            now,
            Map.of(
                "tenant", tenantId.replace("'", "''"),
                "from", before.toString(),
                "to", last.toString()))) {
      data = ReportData.of(session, tenantId, progress);
    }
    Currency currency = settings.domain().tenant(tenantId).currency();
    data.put("tenant", tenantId)
        .put("from", before.toString())
        .put("day", last.toString())
        .put("past", last.isBefore(present))
        .put("lang", language.code())
        .put("currency", currency.getCurrencyCode())
        .put("decimals", currency.getDefaultFractionDigits())
        .set("texts", ReportPage.texts(language));
    return data;
  }

  private void check() {
    if (days < 1 || days > MAX_DAYS) {
      throw refused("--days: " + days + " is not allowed; allowed: 1 to " + MAX_DAYS);
    }
    Path folder = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out) || !Files.isDirectory(folder)) {
      throw refused("--out: " + out + " can't be written; allowed: a file in a folder that exists");
    }
  }

  private String tenantId(DeploymentSettings settings, Instant now) {
    List<String> tenants;
    try (QuerySession session = warehouse.open(settings, now, Map.of())) {
      tenants = ReportData.tenants(session);
    }
    if (tenants.isEmpty()) {
      throw refused("the tables have no customers yet");
    }
    if (tenant == null && tenants.size() == 1) {
      return tenants.get(0);
    }
    if (tenant == null || !tenants.contains(tenant)) {
      throw refused(
          "--tenant: "
              + (tenant == null ? "the tables hold several" : tenant + " has no customers")
              + "; allowed: "
              + String.join(", ", tenants));
    }
    return tenant;
  }

  /** Whoever looks at the file meanwhile sees the old one or the new one. */
  private void write(String page) throws IOException {
    Path draft = out.resolveSibling(out.getFileName() + ".tmp");
    try {
      Files.writeString(draft, page);
      Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
