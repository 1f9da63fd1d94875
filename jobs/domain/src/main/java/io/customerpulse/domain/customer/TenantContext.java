package io.customerpulse.domain.customer;

import io.customerpulse.domain.episode.RulesOfRun;
import io.customerpulse.domain.lifecycle.Lifecycle;
import io.customerpulse.domain.rfm.Scoring;
import io.customerpulse.domain.rfm.Segments;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a decision needs to know beyond the customer, as it is for one tenant. */
record TenantContext(
    Context context,
    Settings.Tenant tenant,
    Lifecycle lifecycle,
    Segments segments,
    RulesOfRun rules) {

  static TenantContext of(Context context, String tenantId) {
    Settings settings = context.settings();
    Settings.Tenant tenant = settings.tenant(tenantId);
    return new TenantContext(
        context,
        tenant,
        Lifecycle.of(settings, tenant.zone()),
        new Segments(settings.rfm().high(), settings.rfm().segmentNames()),
        new RulesOfRun(
            context.rules().of(tenantId), settings.triggers(), tenant.zone(), context.wallTime()));
  }

  Settings settings() {
    return context.settings();
  }

  Scoring scoring() {
    return context.scoring();
  }

  /** The end of a bounded run; else null. */
  Instant asOf() {
    return context.asOf();
  }

  /** Of calendar days. */
  ZoneId zone() {
    return tenant.zone();
  }

  LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, tenant.zone());
  }
}
