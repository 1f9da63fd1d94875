package io.customerpulse.lab.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a soak is like.
 *
 * @param home the repository's root
 * @param folder for everything it leaves; cleared at its start
 * @param seed of traffic and faults
 * @param length faults begin within it; the one at hand is seen through
 * @param mostFaults at the most
 * @param faults which of them may happen
 * @param eventsPerSecond of the traffic
 * @param simulated event time that passes meanwhile
 * @param halt how long a process stands still, or a folder is out of order
 * @param outage how long the broker can't be reached the first time; later as long as a halt
 */
record SoakSettings(
    Path home,
    Path folder,
    long seed,
    Duration length,
    int mostFaults,
    Set<Fault> faults,
    int eventsPerSecond,
    Duration simulated,
    Duration halt,
    Duration outage) {}
