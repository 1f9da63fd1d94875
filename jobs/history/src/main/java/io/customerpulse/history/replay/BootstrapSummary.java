package io.customerpulse.history.replay;

import io.customerpulse.runtime.kafka.TopicStart;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a bootstrap has come to.
 *
 * @param end of history, event time
 * @param figures of records and customers
 * @param judged triggers that history would have sent
 * @param startFrom from when on Kafka is read
 * @param bytes of the savepoint
 */
record BootstrapSummary(
    Instant end, RunFigures figures, long judged, Instant startFrom, TopicStart start, long bytes) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** What doesn't add up, a sentence each: something has been lost or counted twice. */
  List<String> contradictions() {
    return figures.read() == figures.accountedFor()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%,d records read, but %,d accounted for",
                figures.read(),
                figures.accountedFor()));
  }

  /** What deserves a second look before the job is started, a sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!start.cutOff().isEmpty()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Topic %s no longer has everything since %s in partitions %s: what came between the end of history and their first record, if anything, is in neither",
              start.topicName(),
              startFrom,
              start.cutOff()));
    }
    return warnings;
  }

  /** A few lines for a person. */
  void print(PrintWriter out) {
    figures.print(out);
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
}
