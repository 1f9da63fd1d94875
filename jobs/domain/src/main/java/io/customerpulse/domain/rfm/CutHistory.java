package io.customerpulse.domain.rfm;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The cuts of all tenants, by when decisions begin to use them. Not thread-safe. It has what it is
 * given: of a running job, whoever writes the cuts takes them back after {@link
 * CutSchedule#KEPT_DAYS}.
 */
public final class CutHistory implements Serializable {
  private final Map<String, NavigableMap<Instant, EffectiveCuts>> byTenant = new HashMap<>();

  /**
   * Cuts and their time.
   *
   * @param endsAt when the cuts of the following midnight should replace them
   */
  record EffectiveCuts(CutPoints points, Instant endsAt) implements Serializable {}

  /**
   * Takes cuts.
   *
   * @param zone the tenant's
   */
  public void put(CutPoints points, ZoneId zone) {
    Instant next = new CutSchedule(zone, null).after(points.takenAt());
    byTenant
        .computeIfAbsent(points.tenantId(), tenant -> new TreeMap<>())
        .put(points.effectiveAt(), new EffectiveCuts(points, CutSchedule.effectiveAt(next)));
  }

  /** Forgets cuts, if they are known. */
  public void remove(String tenantId, String version) {
    NavigableMap<Instant, EffectiveCuts> ofTenant = byTenant.get(tenantId);
    if (ofTenant == null) {
      return;
    }
    ofTenant.values().removeIf(cuts -> cuts.points().cuts().version().equals(version));
    if (ofTenant.isEmpty()) {
      byTenant.remove(tenantId);
    }
  }

  /** The cuts that decisions at an instant use; null before the first are effective. */
  EffectiveCuts effectiveAt(String tenantId, Instant at) {
    NavigableMap<Instant, EffectiveCuts> ofTenant = byTenant.get(tenantId);
    Map.Entry<Instant, EffectiveCuts> last = ofTenant == null ? null : ofTenant.floorEntry(at);
    return last == null ? null : last.getValue();
  }

  /** The last cuts of all, effective or not; null where there are none. */
  EffectiveCuts latest(String tenantId) {
    NavigableMap<Instant, EffectiveCuts> ofTenant = byTenant.get(tenantId);
    return ofTenant == null ? null : ofTenant.lastEntry().getValue();
  }
}
