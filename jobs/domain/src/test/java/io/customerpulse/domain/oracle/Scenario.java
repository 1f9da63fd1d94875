package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.util.List;

/**
 * One customer's history and what it is judged by.
 *
 * @param events in any order
 * @param rules those of the files
 * @param publications what is published while it runs, in the order of their moments
 * @param wallTime {@link Instant#MIN} where event time decides what is still valid
 * @param asOf where the run ends, not before the last event
 */
public record Scenario(
    CustomerKey customer,
    List<BehaviorEvent> events,
    Settings settings,
    List<Rule> rules,
    List<Publication> publications,
    Cuts cuts,
    Instant wallTime,
    Instant asOf) {

  /** Of the customer of most tests, whose rules stay as they are. */
  public Scenario(
      List<BehaviorEvent> events,
      Settings settings,
      List<Rule> rules,
      Cuts cuts,
      Instant wallTime,
      Instant asOf) {
    this(Given.CUSTOMER, events, settings, rules, List.of(), cuts, wallTime, asOf);
  }

  /** The same with other events. */
  public Scenario with(List<BehaviorEvent> others) {
    return new Scenario(customer, others, settings, rules, publications, cuts, wallTime, asOf);
  }

  /** The same up to another instant. */
  public Scenario endingAt(Instant end) {
    return new Scenario(customer, events, settings, rules, publications, cuts, wallTime, end);
  }
}
