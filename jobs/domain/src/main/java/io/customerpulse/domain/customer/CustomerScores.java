package io.customerpulse.domain.customer;

import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.rfm.Rfm;
import io.customerpulse.domain.rfm.Scores;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A customer's recency, frequency and money, and the scores that they get. */
final class CustomerScores {
  private final CustomerKey key;
  private final TenantContext context;
  private final FactCollector facts;
  private final Effects effects;

  CustomerScores(CustomerKey key, TenantContext context, FactCollector facts, Effects effects) {
    this.key = key;
    this.context = context;
    this.facts = facts;
    this.effects = effects;
  }

  OrderBook.Window window(Instant now) {
    return facts
        .orders()
        .window(context.day(now), context.lifecycle().windowDays(), context.zone());
  }

  /** Calendar days since the last counting order; null without one. */
  Integer recencyDays(Instant now) {
    Instant last = facts.orders().lastAt();
    return last == null
        ? null
        : (Integer) (int) ChronoUnit.DAYS.between(context.day(last), context.day(now));
  }

  /** Null without a counting order, and as long as there are no cuts to score by. */
  Scores at(Instant now) {
    Rfm values = rfmAt(now);
    if (values == null) {
      return null;
    }
    if (context.scoring().isOutdated(key.tenantId(), now)) {
      effects.noteOnce(Note.CUTS_OUTDATED);
    }
    return context.scoring().score(key.tenantId(), now, values);
  }

  /** In the one profile of a bounded run. */
  Scores atEnd(Instant asOf) {
    Rfm values = rfmAt(asOf);
    return values == null ? null : context.scoring().scoreAtEnd(key.tenantId(), asOf, values);
  }

  private Rfm rfmAt(Instant now) {
    Integer recencyDays = recencyDays(now);
    if (recencyDays == null) {
      return null;
    }
    OrderBook.Window window = window(now);
    return new Rfm(recencyDays, window.orders(), window.netMinor());
  }
}
