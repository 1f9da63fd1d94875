package io.customerpulse.lab.capacity;

import io.customerpulse.lab.simulator.ShopVisits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is tried.
 *
 * @param home the repository's root
 * @param folder for everything it leaves; cleared at its start
 * @param customers all known to the job before the load begins
 * @param perSecond events of the load
 * @param length of the load
 * @param simulated event time that passes meanwhile; empty where it is the time it is
 */
record LoadTestPlan(
    Path home,
    Path folder,
    int customers,
    int perSecond,
    Duration length,
    Optional<Duration> simulated) {

  long events() {
    return length.toSeconds() * perSecond;
  }

  /** What the load is like, a line. */
  String words() {
    return simulated
        .map(
            time ->
                String.format(
                    Locale.ROOT,
                    "%,d events/s for %d min, in which %d days pass",
                    perSecond,
                    length.toMinutes(),
                    time.toDays()))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "%,d events/s for %d min, at the time it is: %,d visitors at once",
                    perSecond,
                    length.toMinutes(),
                    ShopVisits.visitorsAtOnce(perSecond)));
  }
}
