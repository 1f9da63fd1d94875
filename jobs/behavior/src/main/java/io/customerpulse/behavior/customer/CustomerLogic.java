package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.CutPointsRecords;
import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.customer.Context;
import io.customerpulse.domain.customer.CustomerProcessor;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.rfm.CutHistory;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rfm.QuintileScoring;
import io.customerpulse.domain.rfm.Scoring;
import io.customerpulse.domain.rfm.ThresholdScoring;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.Settings.Thresholds;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.Decision;
import io.customerpulse.runtime.keyedlogic.KeyedLogic;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.RfmCutPointsRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the domain what events and time do to a customer. */
final class CustomerLogic implements KeyedLogic<CustomerState, EncodedEvent, Effect> {
  /** Fixed thresholds have one version, for they are part of the settings. */
  private static final String CUTS_VERSION = "thresholds";

  private final Settings settings;
  private final RuleSet rules;
  private final RunMode run;

  private transient AvroEncoding<RfmCutPointsRecord> cutEncoding;
  private transient CutHistory history;
  private transient Scoring scoring;
  private transient RuleRecords ruleRecords;
  private transient RuleBook book;

  /** Null where it has to be made anew. */
  private transient String fingerprint;

  CustomerLogic(Settings settings, RuleSet rules, RunMode run) {
    this.settings = settings;
    this.rules = rules;
    this.run = run;
  }

  @Override
  public void open() {
    ruleRecords = new RuleRecords();
    book = RuleBook.of(rules);
    cutEncoding = new AvroEncoding<>(RfmCutPointsRecord.class);
    history = new CutHistory();
    run.cuts().forEach(this::put);
    scoring =
        switch (settings.rfm().scoring()) {
          case QUINTILES -> new QuintileScoring(history);
          case THRESHOLDS -> new ThresholdScoring(cuts(settings.rfm().thresholds()));
        };
  }

  private static Cuts cuts(Thresholds thresholds) {
    return new Cuts(
        CUTS_VERSION, thresholds.recencyDays(), thresholds.frequency(), thresholds.monetaryMinor());
  }

  @Override
  public Decision<CustomerState, Effect> onEvents(
      String key, CustomerState state, List<EncodedEvent> encoded, Instant watermark) {
    List<BehaviorEvent> events = new ArrayList<>(encoded.size());
    for (EncodedEvent each : encoded) {
      events.add(each.event());
    }
    events.sort(BehaviorEvent.APPLICATION_ORDER);
    CustomerState known = known(state, events.get(0));
    return CustomerProcessor.onEvents(known, events, watermark, context(watermark))
        .as(Decision::new);
  }

  @Override
  public Decision<CustomerState, Effect> onLateEvent(
      String key, CustomerState state, EncodedEvent encoded, Instant watermark) {
    BehaviorEvent event = encoded.event();
    return CustomerProcessor.onLateEvent(known(state, event), event, context(watermark))
        .as(Decision::new);
  }

  private static CustomerState known(CustomerState state, BehaviorEvent event) {
    return state == null ? CustomerState.unseen(event.customer()) : state;
  }

  @Override
  public Decision<CustomerState, Effect> onTimer(
      String key, CustomerState state, Instant watermark) {
    return CustomerProcessor.onTimer(state, watermark, context(watermark)).as(Decision::new);
  }

  /** Takes what {@link CheckBroadcastRecords} has let through. */
  @Override
  public void onBroadcastRecord(BroadcastRecord broadcastRecord) {
    if (broadcastRecord.topic().equals(Topic.TRIGGER_RULES.wireName())) {
      onRule(broadcastRecord);
    } else if (broadcastRecord.topic().equals(Topic.RFM_CUT_POINTS.wireName())) {
      onCuts(broadcastRecord);
    }
  }

  private void onRule(BroadcastRecord broadcastRecord) {
    book =
        broadcastRecord.value() == null
            ? book.without(broadcastRecord.key())
            : book.with(ruleRecords.read(broadcastRecord.key(), broadcastRecord.value()));
    fingerprint = null;
  }

  /** Cuts change how decisions come out, and no timer. */
  private void onCuts(BroadcastRecord broadcastRecord) {
    if (broadcastRecord.value() == null) {
      history.remove(
          CutPointsRecords.tenantOf(broadcastRecord.key()),
          CutPointsRecords.versionOf(broadcastRecord.key()));
    } else {
      put(CutPointsRecords.fromAvro(cutEncoding.decode(broadcastRecord.value())));
    }
  }

  private void put(CutPoints points) {
    history.put(points, settings.tenant(points.tenantId()).zone());
  }

  @Override
  public String fingerprint() {
    if (fingerprint == null) {
      fingerprint = ContentHash.of("decided under", settings.wakeFingerprint(), book.fingerprint());
    }
    return fingerprint;
  }

  private Context context(Instant watermark) {
    return new Context(watermark, run.wallTime(), run.asOf().orElse(null), settings, book, scoring);
  }
}
