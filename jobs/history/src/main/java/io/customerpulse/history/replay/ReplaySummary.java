package io.customerpulse.history.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a replay has come to, as summary.json tells it.
 *
 * @param read records, blank lines not among them
 * @param rejected dead letters by code
 * @param customers final profiles by stage
 * @param triggers by rule, every rule of the run
 * @param outputs lines by file
 */
@JsonPropertyOrder({
  "read",
  "accepted",
  "duplicates",
  "after_as_of",
  "late",
  "rejected",
  "customers",
  "triggers",
  "outputs",
  "seconds"
})
record ReplaySummary(
    long read,
    long accepted,
    long duplicates,
    @JsonProperty("after_as_of") long afterAsOf,
    long late,
    Map<String, Long> rejected,
    Map<String, Long> customers,
    Map<String, RuleCounts> triggers,
    Map<String, Long> outputs,
    double seconds) {

  /**
   * The episodes of one rule, and what became of their steps.
   *
   * @param suppressed for any reason
   * @param filterErrors of these, for a filter that failed
   */
  @JsonPropertyOrder({
    "episodes",
    "fired",
    "cancelled",
    "suppressed",
    "filter_error",
    "expired",
    "converted"
  })
  record RuleCounts(
      long episodes,
      long fired,
      long cancelled,
      long suppressed,
      @JsonProperty("filter_error") long filterErrors,
      long expired,
      long converted) {}

  static ReplaySummary of(
      RunFigures figures,
      long late,
      Map<String, RuleCounts> triggers,
      Map<String, Long> outputs,
      double seconds) {
    return new ReplaySummary(
        figures.read(),
        figures.accepted(),
        figures.duplicates(),
        figures.afterAsOf(),
        late,
        figures.rejected(),
        figures.customers(),
        triggers,
        outputs,
        seconds);
  }

  /** What it shares with other runs; summary.json has it field by field. */
  private RunFigures figures() {
    return new RunFigures(read, accepted, duplicates, afterAsOf, rejected, customers);
  }

  void write(Path file) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), this);
  }

  /** What doesn't add up, a sentence each: something has been lost or counted twice. */
  List<String> contradictions() {
    List<String> found = new ArrayList<>();
    RunFigures figures = figures();
    compare(found, "records read", read, "records accounted for", figures.accountedFor());
    compare(found, "events accepted", accepted, "lines of", OutputFile.BEHAVIOR_EVENTS);
    compare(
        found, "records rejected", figures.rejectedInAll(), "lines of", OutputFile.DEAD_LETTERS);
    compare(found, "customers", figures.customersInAll(), "lines of", OutputFile.CUSTOMER_PROFILES);
    return found;
  }

  private void compare(List<String> found, String what, long count, String other, OutputFile file) {
    compare(found, what, count, other + ' ' + file.fileName(), outputs.get(file.fileName()));
  }

  private static void compare(
      List<String> found, String what, long count, String other, long otherCount) {
    if (count != otherCount) {
      found.add(String.format(Locale.ROOT, "%,d %s, but %,d %s", count, what, otherCount, other));
    }
  }

  /** A few lines for a person. */
  void print(PrintWriter out) {
    figures().print(out);
    triggers.forEach(
        (rule, counts) ->
            out.printf(
                Locale.ROOT,
                "%s: %,d fired, %,d cancelled, %,d suppressed%s, %,d expired, %,d converted.%n",
                rule,
                counts.fired(),
                counts.cancelled(),
                counts.suppressed(),
                filterErrors(counts),
                counts.expired(),
                counts.converted()));
  }

  private static String filterErrors(RuleCounts counts) {
    return counts.filterErrors() == 0
        ? ""
        : String.format(Locale.ROOT, " (%,d by filter_error)", counts.filterErrors());
  }
}
