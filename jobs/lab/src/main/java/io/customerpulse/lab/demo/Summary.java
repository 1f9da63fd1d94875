package io.customerpulse.lab.demo;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.Topic;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The table at the end of a demo, and what is wrong with what it shows. */
final class Summary {
  private final Tally tally;
  private final List<String> ruleIds;
  private final long sent;
  private final long closing;
  private final List<String> problems = new ArrayList<>();

  /**
   * The result of a demo.
   *
   * @param sent records of the traffic
   * @param closing records sent after it to let time go on, which nothing lets settle
   */
  Summary(Tally tally, List<String> ruleIds, long sent, long closing) {
    this.tally = tally;
    this.ruleIds = ruleIds;
    this.sent = sent;
    this.closing = closing;
  }

  /** Prints the table; says what is wrong, nothing if all is well. */
  List<String> print(PrintStream out) {
    long read = JobMetrics.total(Metric.READ);
    long accepted = tally.records(Topic.BEHAVIOR_EVENTS);
    long duplicates = JobMetrics.total(Metric.DUPLICATES);
    long rejected = tally.records(Topic.DEAD_LETTERS);
    out.println();
    out.println("Events");
    row(out, "read", read);
    row(out, "accepted", accepted);
    row(out, "duplicates", duplicates);
    row(out, "rejected", rejected);
    tally.deadLettersByCode().forEach((code, n) -> row(out, "  " + code, n));
    row(out, "waiting", read - accepted - duplicates - rejected);
    row(out, "late", JobMetrics.total(Metric.LATE));
    out.println("Customers");
    SortedMap<String, Long> stages = tally.customersByStage();
    stages.forEach((stage, n) -> row(out, stage, n));
    row(out, "stage changes", tally.records(Topic.LIFECYCLE_TRANSITIONS));
    out.println("Triggers");
    out.printf(
        Locale.ROOT,
        "  %-16s %9s %9s %9s %10s %9s%n",
        "rule",
        "fired",
        "cancelled",
        "converted",
        "suppressed",
        "expired");
    for (String rule : ruleIds) {
      out.printf(
          Locale.ROOT,
          "  %-16s %,9d %,9d %,9d %,10d %,9d%n",
          rule,
          tally.triggers(rule, "FIRE"),
          tally.triggers(rule, "CANCELLED"),
          tally.triggers(rule, "CONVERTED"),
          tally.triggers(rule, "SUPPRESSED"),
          tally.triggers(rule, "EXPIRED"));
    }
    check(read, accepted, duplicates, rejected, stages);
    return problems;
  }

  private void check(
      long read, long accepted, long duplicates, long rejected, Map<String, Long> stages) {
    if (read != sent + closing) {
      problems.add(
          String.format(Locale.ROOT, "%,d records were sent, but %,d read", sent + closing, read));
    }
    long settled = accepted + duplicates + rejected;
    if (settled != sent) {
      problems.add(
          String.format(
              Locale.ROOT,
              "accepted, duplicates and rejected add up to %,d of %,d records sent",
              settled,
              sent));
    }
    mustNotBeEmpty("accepted events", accepted);
    mustNotBeEmpty("duplicates", duplicates);
    mustNotBeEmpty("rejected records", rejected);
    mustNotBeEmpty("customers", stages.size());
    mustNotBeEmpty("stage changes", tally.records(Topic.LIFECYCLE_TRANSITIONS));
    mustNotBeEmpty("outcomes of triggers", tally.records(Topic.TRIGGER_OUTCOMES));
    for (String rule : ruleIds) {
      mustNotBeEmpty("fires of " + rule, tally.triggers(rule, "FIRE"));
    }
  }

  private void mustNotBeEmpty(String what, long count) {
    if (count == 0) {
      problems.add("there are no " + what);
    }
  }

  private static void row(PrintStream out, String name, long count) {
    out.printf(Locale.ROOT, "  %-26s %,10d%n", name, count);
  }
}
