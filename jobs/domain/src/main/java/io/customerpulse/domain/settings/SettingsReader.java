package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lays the keys of a document over the defaults. A list replaces the default list as a whole, but
 * for {@code identity.junk}, which adds to it unless {@code identity.junk_replace} is true; tenants
 * inherit zone and currency.
 */
public final class SettingsReader {
  private static final int MAX_TENANTS = 10_000;

  private static final Key<Map<String, Settings.Tenant>> TENANTS =
      tenants(new Settings.Tenant(EventKeys.ZONE.fallback(), EventKeys.CURRENCY.fallback()));

  private SettingsReader() {}

  /** What holds where nobody sets anything. */
  public static Settings defaults() {
    return read(Section.root("", Optional.empty(), new Problems()));
  }

  /**
   * The defaults with a document laid over them. What is wrong is reported to the section, whose
   * unknown keys are left to the caller, who may know more of them.
   */
  public static Settings read(Section root) {
    Settings.Time time = EventKeys.time(root);
    Settings.Money money = EventKeys.money(root);
    return new Settings(
        time,
        money,
        EventKeys.dedup(root),
        EventKeys.orders(root),
        ScoringKeys.read(root),
        LifecycleKeys.read(root),
        TriggerKeys.read(root),
        EventKeys.identity(root),
        tenants(new Settings.Tenant(time.zone(), money.currency())).read(root));
  }

  /** All keys, in the order of the reference. */
  public static List<SectionKeys> keys() {
    return List.of(
        EventKeys.TIME,
        EventKeys.MONEY,
        EventKeys.DEDUP,
        EventKeys.ORDERS,
        ScoringKeys.RFM,
        ScoringKeys.THRESHOLDS,
        ScoringKeys.SEGMENTS,
        ScoringKeys.SEGMENTS_ZH,
        LifecycleKeys.LIFECYCLE,
        LifecycleKeys.CADENCE,
        LifecycleKeys.MODEL,
        TriggerKeys.TRIGGERS,
        EventKeys.IDENTITY,
        SectionKeys.of("", TENANTS));
  }

  /** The key of what differs from a base for some tenants, by their ids. */
  private static Key<Map<String, Settings.Tenant>> tenants(Settings.Tenant base) {
    return new Key<>(
        "tenants",
        Map.of(),
        (root, key, none) -> tenants(root, key, base),
        "what differs for one tenant, by its id: `acme: {zone: Europe/London, currency: GBP}`",
        "none",
        "`zone` as `time.zone`, `currency` as `money.currency`, of up to 10,000 tenants");
  }

  private static Map<String, Settings.Tenant> tenants(
      Section root, String key, Settings.Tenant base) {
    Section section = root.section(key);
    if (section.keys().size() > MAX_TENANTS) {
      root.refuse(key, "has " + section.keys().size() + "; allowed: up to " + MAX_TENANTS);
    }
    Map<String, Settings.Tenant> tenants = new TreeMap<>();
    for (String id : section.keys()) {
      Section tenant = section.section(id);
      tenants.put(
          id,
          new Settings.Tenant(
              EventKeys.ZONE.or(base.zone()).read(tenant),
              EventKeys.CURRENCY.or(base.currency()).read(tenant)));
      tenant.refuseUnknownKeys();
    }
    return Collections.unmodifiableMap(tenants);
  }
}
