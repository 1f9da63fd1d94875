package io.customerpulse.domain.customer;

import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;
import java.util.Objects;

/** Tells the population of the customer's place in it. */
final class PopulationTracker {
  private final CustomerKey key;
  private final TenantContext context;
  private final FactCollector facts;
  private final CustomerScores scores;
  private final Effects effects;
  private PopulationEntry entry;

  PopulationTracker(
      CustomerKey key,
      PopulationEntry entry,
      TenantContext context,
      FactCollector facts,
      CustomerScores scores,
      Effects effects) {
    this.key = key;
    this.entry = entry;
    this.context = context;
    this.facts = facts;
    this.scores = scores;
    this.effects = effects;
  }

  PopulationEntry entry() {
    return entry;
  }

  /** Looks for the place anew. */
  void update(Instant now) {
    OrderBook.Window window = scores.window(now);
    boolean inWindow = window.orders() > 0;
    move(inWindow ? position(window) : null, now);
    entry =
        new PopulationEntry(
            entry.position(),
            inWindow ? context.lifecycle().leavesWindowAt(window.firstAt()) : null);
  }

  /** Fixed thresholds need no population. */
  private RfmPosition position(OrderBook.Window window) {
    return context.settings().rfm().scoring() == Settings.Scoring.QUINTILES
        ? RfmPosition.of(
            context.day(facts.orders().lastAt()).toEpochDay(), window.orders(), window.netMinor())
        : null;
  }

  /** The customer is to be forgotten. */
  void erase(Instant now) {
    move(null, now);
  }

  private void move(RfmPosition to, Instant now) {
    RfmPosition from = entry.position();
    if (!Objects.equals(from, to)) {
      effects.add(new Effect.PositionChanged(new PositionChange(key.tenantId(), now, from, to)));
      entry = new PopulationEntry(to, entry.until());
    }
  }
}
