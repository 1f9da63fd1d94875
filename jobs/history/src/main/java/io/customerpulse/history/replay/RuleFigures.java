package io.customerpulse.history.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one rule has done in a run over history. What was held out is counted apart: marketing
 * systems would have sent nothing.
 *
 * @param episodes opened, whether a step of them fell due or not
 * @param fired steps that were sent, those taken back among them
 * @param firedByDay by the day in the tenant's zone
 * @param suppressed steps by the reason that kept them back
 * @param expired steps that were no longer valid
 * @param cancelled fired steps that were taken back
 * @param customersReached of whom at least one step was sent
 * @param converted fired steps that an order followed in time
 * @param revenueMinor of these orders, each counted for one step; minor units
 * @param heldOut steps that were held out for comparison
 * @param heldOutConverted of those, that an order followed in time
 */
@JsonPropertyOrder({
  "version",
  "episodes",
  "fired",
  "fired_by_step",
  "fired_by_day",
  "customers_reached",
  "converted",
  "revenue_minor",
  "held_out",
  "held_out_converted",
  "suppressed",
  "expired",
  "cancelled"
})
record RuleFigures(
    int version,
    long episodes,
    long fired,
    @JsonProperty("fired_by_step") Map<Integer, Long> firedByStep,
    @JsonProperty("fired_by_day") Map<LocalDate, Long> firedByDay,
    Map<String, Long> suppressed,
    long expired,
    long cancelled,
    @JsonProperty("customers_reached") long customersReached,
    long converted,
    @JsonProperty("revenue_minor") long revenueMinor,
    @JsonProperty("held_out") long heldOut,
    @JsonProperty("held_out_converted") long heldOutConverted) {

  /** Adds up the lines of one rule. */
  static final class Tally {
    private static final String HOLDOUT = "holdout";

    private final Map<Integer, Long> firedByStep = new TreeMap<>();
    private final Map<LocalDate, Long> firedByDay = new TreeMap<>();
    private final Map<String, Long> suppressed = new TreeMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Set<String> heldOutIds = new HashSet<>();
    private final Set<String> convertedIds = new HashSet<>();
    private long fired;
    private long expired;
    private long cancelled;
    private long converted;
    private long revenueMinor;
    private long heldOutConverted;

    /** A line of triggers.jsonl; all of these come before the outcomes. */
    void trigger(JsonNode trigger, ZoneId zone) {
      if (!trigger.get("action").asText().equals("FIRE")) {
        return;
      }
      if (trigger.get("variant").asText().equals(HOLDOUT)) {
        heldOutIds.add(trigger.get("trigger_id").asText());
        return;
      }
      fired++;
      firedByStep.merge(trigger.get("step").asInt(), 1L, Long::sum);
      Instant firedAt = Instant.parse(trigger.get("fired_at").asText());
      firedByDay.merge(LocalDate.ofInstant(firedAt, zone), 1L, Long::sum);
      reached.add(trigger.get("tenant_id").asText() + ':' + trigger.get("customer_id").asText());
    }

    /** A line of trigger_outcomes.jsonl. */
    void outcome(JsonNode outcome) {
      String triggerId = outcome.get("trigger_id").asText();
      switch (outcome.get("outcome").asText()) {
        case "SUPPRESSED" -> suppressed.merge(outcome.get("reason").asText(), 1L, Long::sum);
        case "EXPIRED" -> expired++;
        case "CANCELLED" -> cancelled++;
        case "CONVERTED" -> convert(triggerId, outcome.get("revenue_minor").asLong());
        default -> throw new IllegalArgumentException("No such outcome: " + outcome);
      }
    }

    /** Several orders may follow one step. */
    private void convert(String triggerId, long revenue) {
      boolean heldOut = heldOutIds.contains(triggerId);
      revenueMinor += revenue;
      if (convertedIds.add(triggerId)) {
        converted += heldOut ? 0 : 1;
        heldOutConverted += heldOut ? 1 : 0;
      }
    }

    RuleFigures figures(int version, long episodes) {
      return new RuleFigures(
          version,
          episodes,
          fired,
          firedByStep,
          firedByDay,
          suppressed,
          expired,
          cancelled,
          reached.size(),
          converted,
          revenueMinor,
          heldOutIds.size(),
          heldOutConverted);
    }
  }
}
