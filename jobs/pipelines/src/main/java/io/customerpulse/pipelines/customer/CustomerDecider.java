package io.customerpulse.pipelines.customer;

import io.customerpulse.domain.customer.Context;
import io.customerpulse.domain.customer.CustomerProcessor;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Decision;
import io.customerpulse.domain.customer.Output;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.Settings.Thresholds;
import io.customerpulse.pipelines.job.RunMode;
import io.customerpulse.pipelines.operator.Control;
import io.customerpulse.pipelines.operator.Decider;
import io.customerpulse.pipelines.operator.Verdict;
import java.time.Instant;

/** Asks the domain what events and time do to a customer. */
final class CustomerDecider implements Decider<CustomerState, BehaviorEvent, Output> {
  /** Fixed thresholds have one version, for they are part of the settings. */
  private static final String CUTS_VERSION = "thresholds";

  private final Settings settings;
  private final RuleSet rules;
  private final RunMode run;

  private transient Cuts cuts;

  CustomerDecider(Settings settings, RuleSet rules, RunMode run) {
    this.settings = settings;
    this.rules = rules;
    this.run = run;
  }

  @Override
  public void open() {
    Thresholds thresholds = settings.rfm().thresholds();
    cuts =
        new Cuts(
            CUTS_VERSION,
            thresholds.recencyDays(),
            thresholds.frequency(),
            thresholds.monetaryMinor());
  }

  @Override
  public Verdict<CustomerState, Output> onEvent(
      String key, CustomerState state, BehaviorEvent event, Instant watermark) {
    CustomerState known = state == null ? CustomerState.unseen(event.customer()) : state;
    return verdict(CustomerProcessor.onEvent(known, event, context(watermark)));
  }

  @Override
  public Verdict<CustomerState, Output> onWake(String key, CustomerState state, Instant watermark) {
    return verdict(CustomerProcessor.onWake(state, watermark, context(watermark)));
  }

  @Override
  public void onControl(Control control) {
    // Rules of the topic are yet to be chosen from.
  }

  private Context context(Instant watermark) {
    return new Context(watermark, run.wallTime(), run.asOf().orElse(null), settings, rules, cuts);
  }

  private static Verdict<CustomerState, Output> verdict(Decision decision) {
    return new Verdict<>(
        decision.next().orElse(null), decision.outputs(), decision.wakeAt().orElse(null));
  }
}
