package io.customerpulse.local.query;

import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What <code>${name}</code> stands for in the statements of {@code config/sql}. */
final class SqlVariables {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z0-9_]+)}");
  private static final int DAYS_BEFORE = 30;

  private final Map<String, String> values = new HashMap<>();

  /**
   * The variables of one run.
   *
   * @param now the instant that counts as the present
   * @param given names and values that the caller gives, over all others
   */
  SqlVariables(Settings settings, Instant now, Map<String, String> given) {
    LocalDate today = LocalDate.ofInstant(now, settings.time().zone());
    values.put("today", today(settings, now, today));
    values.put("from", today.minusDays(DAYS_BEFORE).toString());
    values.put("to", today.toString());
    values.put("high", String.valueOf(settings.rfm().high()));
    put("r", settings.rfm().thresholds().recencyDays());
    put("f", settings.rfm().thresholds().frequency());
    put("m", settings.rfm().thresholds().monetaryMinor());
    values.putAll(given);
  }

  /** Today of the row p by its tenant_id: it begins at each tenant's own midnight. */
  private static String today(Settings settings, Instant now, LocalDate today) {
    StringBuilder whens = new StringBuilder();
    new TreeMap<>(settings.tenants())
        .forEach(
            (tenant, its) -> {
              LocalDate day = LocalDate.ofInstant(now, its.zone());
              if (!day.equals(today)) {
                whens
                    .append(" WHEN '")
                    .append(tenant.replace("'", "''"))
                    .append("' THEN DATE '")
                    .append(day)
                    .append('\'');
              }
            });
    String otherwise = "DATE '" + today + "'";
    return whens.isEmpty()
        ? otherwise
        : "(CASE p.tenant_id" + whens + " ELSE " + otherwise + " END)";
  }

  private void put(String dimension, List<? extends Number> cuts) {
    for (int i = 0; i < cuts.size(); i++) {
      values.put(dimension + (i + 1), cuts.get(i).toString());
    }
  }

  /** The text with its variables replaced. */
  String in(String sql) {
    return REFERENCE
        .matcher(sql)
        .replaceAll(
            reference -> {
              String value = values.get(reference.group(1));
              if (value == null) {
                throw new SqlException(
                    "${" + reference.group(1) + "} has no value; --set gives one");
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
