package io.customerpulse.lab.capacity;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is tried.
 *
 * @param home the repository's root
 * @param folder for everything it leaves; cleared at its start
 * @param customers all known to the job before the load begins
 * @param perSecond events of the load
 * @param length of the load
 * @param simulated event time that passes meanwhile
 */
record LoadTestPlan(
    Path home, Path folder, int customers, int perSecond, Duration length, Duration simulated) {

  long events() {
    return length.toSeconds() * perSecond;
  }
}
