package io.customerpulse.history.replay;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.history.replay.sort.EventTimeOrder;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What has become of the records that a bounded run has read, and of how many customers they told.
 *
 * @param read records, blank lines not among them
 * @param rejected dead letters by code
 * @param customers at the end, by stage
 */
record RunFigures(
    long read,
    long accepted,
    long duplicates,
    long afterAsOf,
    Map<String, Long> rejected,
    Map<String, Long> customers) {

  /** Of what was sorted out before the run, and what the run has counted. */
  static RunFigures of(
      EventTimeOrder.Result sorted, RunCounters counts, Map<String, Long> customers) {
    Map<String, Long> rejected = new TreeMap<>(counts.byLabels(Metric.REJECTED));
    if (sorted.tooLarge() > 0) {
      rejected.merge(DeadLetterCode.TOO_LARGE.wireName(), sorted.tooLarge(), Long::sum);
    }
    return new RunFigures(
        sorted.read(),
        counts.total(Metric.ACCEPTED),
        counts.total(Metric.DUPLICATES),
        sorted.afterAsOf() + counts.total(Metric.AFTER_AS_OF),
        rejected,
        customers);
  }

  /** As many as were read, unless something has been lost or counted twice. */
  long accountedFor() {
    return accepted + duplicates + rejectedInAll() + afterAsOf;
  }

  long rejectedInAll() {
    return sum(rejected);
  }

  long customersInAll() {
    return sum(customers);
  }

  /** Two lines for a person. */
  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d records: %,d accepted, %,d duplicates, %,d rejected%s, %,d after as-of.%n",
        read,
        accepted,
        duplicates,
        rejectedInAll(),
        rejected.isEmpty() ? "" : " (" + listed(rejected) + ")",
        afterAsOf);
    out.printf(
        Locale.ROOT,
        "%,d customers%s.%n",
        customersInAll(),
        customersInAll() == 0 ? "" : ": " + listed(customers));
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
