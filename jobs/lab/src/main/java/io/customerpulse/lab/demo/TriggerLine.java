package io.customerpulse.lab.demo;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerEvidence;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A trigger as a person reads it. */
final class TriggerLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final int SHORT_ID = 8;

  private TriggerLine() {}

  static String of(MarketingTriggerRecord trigger, Settings settings) {
    Settings.Tenant tenant = settings.tenant(trigger.getTenantId());
    String time = TIME.format(trigger.getFiredAt().atZone(tenant.zone()));
    return String.format(
        Locale.ROOT,
        "%s  %-6s %-14s step %d  %-8s %s%s",
        time,
        trigger.getAction(),
        trigger.getRuleId(),
        trigger.getStep(),
        trigger.getCustomerId().substring(0, SHORT_ID),
        what(trigger, tenant),
        trigger.getVariant().equals("holdout") ? "  (held out: not sent)" : "");
  }

  private static String what(MarketingTriggerRecord trigger, Settings.Tenant tenant) {
    TriggerEvidence evidence = trigger.getEvidence();
    if (evidence == null) {
      return "because of: " + trigger.getReason();
    }
    if (evidence.getLines() != null) {
      BigDecimal value =
          BigDecimal.valueOf(
              evidence.getValueMinor(), Math.max(0, tenant.currency().getDefaultFractionDigits()));
      int lines = evidence.getLines().size();
      return String.format(
          Locale.ROOT,
          "left %d line%s worth %s %s in the cart",
          lines,
          lines == 1 ? "" : "s",
          tenant.currency(),
          value.toPlainString());
    }
    return String.format(
        Locale.ROOT, "is %s, no order for %d days", evidence.getStage(), evidence.getDaysSilent());
  }
}
