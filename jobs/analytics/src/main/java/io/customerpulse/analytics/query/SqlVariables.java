package io.customerpulse.analytics.query;

import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.SegmentNames;
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
  private static final int SCORES = 5;

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
    values.put("segment", segment(settings.rfm().segmentNames()));
    values.put("segment_zh", segmentZh(settings.rfm()));
    put("r", settings.rfm().thresholds().recencyDays());
    put("f", settings.rfm().thresholds().frequency());
    put("m", settings.rfm().thresholds().monetaryMinor());
    values.put("order_key", orderKey(settings.orders().scope()));
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

  /** The columns of an event that say which order of its customer it is about. */
  private static String orderKey(OrderScope scope) {
    return scope == OrderScope.APP ? "app_id, properties.order_id" : "properties.order_id";
  }

  /** The segment by the columns r_score and f_score. */
  private static String segment(SegmentNames names) {
    StringBuilder cases = new StringBuilder("CASE WHEN r_score IS NULL THEN ");
    cases.append(text(names.prospect()));
    for (int r = 1; r <= SCORES; r++) {
      for (int f = 1; f <= SCORES; f++) {
        String name = names.byRAndF().get(r - 1).get(f - 1);
        cases
            .append(" WHEN r_score = ")
            .append(r)
            .append(" AND f_score = ")
            .append(f)
            .append(" THEN ")
            .append(text(name));
      }
    }
    return cases.append(" END").toString();
  }

  /** That of the eight by the columns r_score, f_score and m_score. */
  private static String segmentZh(Settings.Rfm rfm) {
    StringBuilder cases = new StringBuilder("CASE WHEN r_score IS NULL THEN ");
    cases.append(text(rfm.segmentNames().prospectZh()));
    for (int bits = rfm.segmentNames().byHigh().size() - 1; bits >= 0; bits--) {
      cases
          .append(" WHEN ")
          .append(high("m_score", bits & 4, rfm.high()))
          .append(" AND ")
          .append(high("r_score", bits & 2, rfm.high()))
          .append(" AND ")
          .append(high("f_score", bits & 1, rfm.high()))
          .append(" THEN ")
          .append(text(rfm.segmentNames().byHigh().get(bits)));
    }
    return cases.append(" END").toString();
  }

  private static String high(String score, int bit, int from) {
    return score + (bit == 0 ? " < " : " >= ") + from;
  }

  private static String text(String name) {
    return "'" + name.replace("'", "''") + "'";
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
