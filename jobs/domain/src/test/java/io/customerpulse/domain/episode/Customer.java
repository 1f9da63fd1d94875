package io.customerpulse.domain.episode;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Told;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One customer under some rules, told in local time of Shanghai: a day's events read like a diary.
 */
final class Customer {
  private final Run run;

  Customer(Rule... rules) {
    this(Given.settings(), rules);
  }

  Customer(Settings settings, Rule... rules) {
    run =
        Run.of(
            new Scenario(
                List.of(),
                settings,
                List.of(rules),
                Given.CUTS,
                Instant.MIN,
                at("2034-01-01T00:00")));
  }

  static Instant at(String local) {
    return Instant.parse(local + ":00Z").minus(Duration.ofHours(8));
  }

  /** Something happens and is known at once. */
  Customer does(String local, Payload payload) {
    return does(local, "s", payload);
  }

  Customer does(String local, String session, Payload payload) {
    run.arrive(event(local, session, payload));
    return until(local);
  }

  /** Something becomes known that happened before. */
  Customer didLate(String local, Payload payload) {
    run.arrive(event(local, "s", payload)).passTo(Instant.MIN);
    return this;
  }

  /** Time goes by. */
  Customer until(String local) {
    run.passTo(at(local));
    return this;
  }

  Customer until(Instant instant) {
    run.passTo(instant);
    return this;
  }

  /** When time alone has something to decide next. */
  Instant nextTimer() {
    return run.nextWake();
  }

  CustomerState state() {
    return run.state();
  }

  Told news() {
    return run.news();
  }

  /** What was fired and cancelled since the last question: action, rule and step at local time. */
  List<String> triggers() {
    return news().triggers().stream().map(Customer::line).toList();
  }

  static String line(Trigger trigger) {
    return trigger.action()
        + " "
        + trigger.ruleId()
        + " "
        + trigger.step()
        + " "
        + local(trigger.firedAt());
  }

  /** Outcomes since the last question: outcome, reason, rule, step. */
  List<String> outcomes() {
    return news().outcomes().stream().map(Customer::line).toList();
  }

  static String line(TriggerOutcome outcome) {
    return outcome.outcome()
        + " "
        + outcome.reason().wireName()
        + " "
        + outcome.ruleId()
        + " "
        + outcome.step();
  }

  private static String local(Instant instant) {
    return instant.plus(Duration.ofHours(8)).toString().replace(":00Z", "");
  }

  private static BehaviorEvent event(String local, String session, Payload payload) {
    BehaviorEvent event = Given.event(at(local), payload);
    return new BehaviorEvent(
        event.eventId(),
        event.type(),
        event.tenantId(),
        event.appId(),
        event.customerId(),
        event.eventTime(),
        event.deviceTime(),
        event.seq(),
        event.sentAt(),
        event.receivedAt(),
        event.identifiers(),
        session,
        event.platform(),
        event.scene(),
        event.payload(),
        event.repairs(),
        event.extras(),
        event.origin());
  }
}
