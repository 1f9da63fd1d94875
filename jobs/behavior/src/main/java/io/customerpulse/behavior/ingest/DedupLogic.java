package io.customerpulse.behavior.ingest;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.runtime.keyedlogic.KeyedLogic;
import io.customerpulse.runtime.keyedlogic.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the domain which events are duplicates. */
final class DedupLogic implements KeyedLogic<DedupState, BehaviorEvent, Finding> {
  /** The earliest instant that the domain can count milliseconds from. */
  private static final Instant START = Instant.ofEpochMilli(Long.MIN_VALUE);

  private final Duration window;

  private transient Deduplicator deduplicator;

  DedupLogic(Duration window) {
    this.window = window;
  }

  @Override
  public void open() {
    deduplicator = new Deduplicator(window);
  }

  @Override
  public Verdict<DedupState, Finding> onEvent(
      String key, DedupState state, BehaviorEvent event, Instant watermark) {
    return verdict(deduplicator.onEvent(state, event, sinceStart(watermark)));
  }

  @Override
  public Verdict<DedupState, Finding> onTimer(String key, DedupState state, Instant watermark) {
    return verdict(deduplicator.onTimer(state, watermark));
  }

  private static Instant sinceStart(Instant watermark) {
    return watermark.isBefore(START) ? START : watermark;
  }

  private static Verdict<DedupState, Finding> verdict(Deduplicator.Step step) {
    return new Verdict<>(step.next(), findings(step), step.wakeAt());
  }

  private static List<Finding> findings(Deduplicator.Step step) {
    List<Finding> findings = new ArrayList<>(step.accepted().size());
    for (BehaviorEvent event : step.accepted()) {
      findings.add(new Finding.Unique(event));
    }
    for (int i = 0; i < step.duplicates().size(); i++) {
      findings.add(new Finding.Duplicate());
    }
    for (BehaviorEvent event : step.flooded()) {
      findings.add(new Finding.Flooded(event));
    }
    if (step.overflowed() > 0) {
      findings.add(new Finding.Forgotten(step.overflowed()));
    }
    return findings;
  }
}
