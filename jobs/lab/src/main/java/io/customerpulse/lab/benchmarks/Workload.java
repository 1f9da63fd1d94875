package io.customerpulse.lab.benchmarks;

import java.util.Locale;

/** What is done with the events that are read. */
enum Workload {
  /** Decode, key by customer, discard: what Kafka and the network cost. */
  PASS_THROUGH,
  /** The same with one POJO in a ValueState in RocksDB, read and written per event. */
  POJO_STATE,
  /** The customer topology, with the two rules of config/rules, scoring by fixed thresholds. */
  CUSTOMER,
  /** The same scoring by quintiles, with the population topology behind it. */
  SCORING,
  /** The same with {@link ManyRules}. */
  MANY_RULES;

  /** The name in results. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
