package io.customerpulse.analytics.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.analytics.query.QuerySession;
import io.customerpulse.client.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rows behind the charts, asked of the tables. */
final class ReportData {
  /** The page's name of some rows → the statement that gives them. */
  private static final Map<String, String> STATEMENTS =
      new TreeMap<>(
          Map.of(
              "customers", ReportPage.resource("customers.sql"),
              "days", ReportPage.resource("days.sql"),
              "repairs", ReportPage.resource("repairs.sql"),
              "revenue", ReportPage.resource("revenue.sql"),
              "unsent", ReportPage.resource("unsent.sql"),
              "flow", "@lifecycle_flow",
              "rules", "@trigger_lift"));

  private static final String TENANT = "tenant_id";

  private ReportData() {}

  /** The tenants that have customers. */
  static List<String> tenants(QuerySession session) {
    List<String> tenants = new ArrayList<>();
    for (ObjectNode row : session.rows(ReportPage.resource("tenants.sql"))) {
      tenants.add(row.get(TENANT).asText());
    }
    return tenants;
  }

  /**
   * All rows of one tenant.
   *
   * @param session with the variables tenant, from and to
   */
  static ObjectNode of(QuerySession session, String tenantId, Progress progress) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    STATEMENTS.forEach(
        (name, statement) -> {
          progress.show(
              () ->
                  String.format(
                      Locale.ROOT,
                      "Asking the tables: %d of %d",
                      data.size() + 1,
                      STATEMENTS.size()));
          ArrayNode rows = data.putArray(name);
          for (ObjectNode row : session.rows(statement)) {
            // The ready queries answer for all tenants.
            if (!row.has(TENANT) || row.get(TENANT).asText().equals(tenantId)) {
              rows.add(row);
            }
          }
        });
    return data;
  }
}
