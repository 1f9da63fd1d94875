package io.customerpulse.behavior.ingest;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.DeduplicationResult;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.runtime.keyedlogic.Decision;
import io.customerpulse.runtime.keyedlogic.KeyedLogic;
import java.time.Duration;
import java.time.Instant;

/** Asks the domain which events are duplicates. */
final class DedupLogic implements KeyedLogic<DedupState, BehaviorEvent, DeduplicationResult> {
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
  public Decision<DedupState, DeduplicationResult> onEvent(
      String key, DedupState state, BehaviorEvent event, Instant watermark) {
    return deduplicator.onEvent(state, event, sinceStart(watermark)).as(Decision::new);
  }

  @Override
  public Decision<DedupState, DeduplicationResult> onTimer(
      String key, DedupState state, Instant watermark) {
    return deduplicator.onTimer(state, watermark).as(Decision::new);
  }

  private static Instant sinceStart(Instant watermark) {
    return watermark.isBefore(START) ? START : watermark;
  }
}
