package io.customerpulse.lab.benchmarks;

/**
 * One run of a workload, between its warm-up and its end.
 *
 * @param cpuMicrosPerEvent CPU time of the whole JVM, which runs nothing else; the broker doesn't
 *     run in it
 */
record Result(double eventsPerSecond, double cpuMicrosPerEvent) {}
