package io.customerpulse.local.replay;

import io.customerpulse.pipelines.kafka.TopicStart;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a bootstrap has come to.
 *
 * @param end of history, event time
 * @param read records, blank lines not among them
 * @param rejected dead letters by code
 * @param customers at the end, by stage
 * @param judged triggers that history would have sent
 * @param startFrom from when on Kafka is read
 * @param bytes of the savepoint
 */
record BootstrapSummary(
    Instant end,
    long read,
    long accepted,
    long duplicates,
    long afterAsOf,
    Map<String, Long> rejected,
    Map<String, Long> customers,
    long judged,
    Instant startFrom,
    TopicStart start,
    long bytes) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** What doesn't add up, a sentence each: something has been lost or counted twice. */
  List<String> contradictions() {
    long accounted = accepted + duplicates + sum(rejected) + afterAsOf;
    return read == accounted
        ? List.of()
        : List.of(
            String.format(Locale.ROOT, "%,d records read, but %,d accounted for", read, accounted));
  }

  /** What deserves a second look before the job is started, a sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!start.cutOff().isEmpty()) {
      warnings.add(
          "Topic %s no longer has everything since %s in partitions %s: what came between the end of history and their first record, if anything, is in neither"
              .formatted(start.topicName(), startFrom, start.cutOff()));
    }
    return warnings;
  }

  /** A few lines for a person. */
  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d records: %,d accepted, %,d duplicates, %,d rejected%s, %,d after as-of.%n",
        read,
        accepted,
        duplicates,
        sum(rejected),
        rejected.isEmpty() ? "" : " (" + listed(rejected) + ")",
        afterAsOf);
    out.printf(
        Locale.ROOT,
        "%,d customers%s.%n",
        sum(customers),
        sum(customers) == 0 ? "" : ": " + listed(customers));
    out.printf(Locale.ROOT, "History ends at %s; %,d triggers of it are not sent.%n", end, judged);
    out.printf(
        Locale.ROOT,
        "Kafka will be read from %s on: %s, %s.%n",
        startFrom,
        start.topicName(),
        start.offsets().entrySet().stream()
            .map(entry -> "partition " + entry.getKey() + " from offset " + entry.getValue())
            .collect(Collectors.joining(", ")));
    out.printf(Locale.ROOT, "The savepoint has %,.1f MB.%n", bytes / BYTES_PER_MEGABYTE);
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
