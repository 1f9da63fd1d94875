package io.customerpulse.behavior.population;

import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.settings.Settings;
import java.io.Serializable;

/** When cuts are taken, tenant by tenant. */
record CutSchedules(Settings settings, RunMode run) implements Serializable {

  CutSchedule of(String tenantId) {
    return new CutSchedule(settings.tenant(tenantId).zone(), run.asOf().orElse(null));
  }
}
