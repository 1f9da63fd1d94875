package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.forecast.Outlook;
import io.customerpulse.domain.lifecycle.StageEntry;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.profile.SelfReported.LastWrite;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.settings.Settings;
import java.time.Instant;

/** Draws up a customer's profile from what is known. */
final class Profiles {
  private final CustomerKey key;
  private final TenantContext context;
  private final FactCollector facts;
  private final StageTracker stage;
  private final CustomerScores scores;

  Profiles(
      CustomerKey key,
      TenantContext context,
      FactCollector facts,
      StageTracker stage,
      CustomerScores scores) {
    this.key = key;
    this.context = context;
    this.facts = facts;
    this.stage = stage;
    this.scores = scores;
  }

  /** The profile as of an instant, with the scores that its reader is to see. */
  CustomerProfile at(Instant now, Scores scored) {
    OrderBook orders = facts.orders();
    boolean buyer = orders.lastAt() != null;
    OrderBook.Window window = scores.window(now);
    Carts carts = facts.carts().asOf(now);
    StageEntry entry = stage.entry();
    SelfReported told = facts.selfReported();
    Settings.Lifecycle settings = context.settings().lifecycle();
    Outlook outlook = Outlook.at(now, orders, settings.model(), settings.horizon(), context.zone());
    return new CustomerProfile(
        key.tenantId(),
        key.customerId(),
        facts.identifiers(),
        facts.sightings().firstAt(),
        facts.sightings().lastAt(),
        orders.firstAt(),
        orders.lastAt(),
        orders.count(),
        orders.netMinor(),
        window.orders(),
        window.netMinor(),
        orders.unmatchedRefundsMinor(),
        context.tenant().currency().getCurrencyCode(),
        scores.recencyDays(now),
        scored,
        context.segments().segment(scored, buyer),
        context.segments().segmentZh(scored, buyer),
        entry.stage(),
        entry.since(),
        outlook.probabilityAlive(),
        outlook.expectedOrders(),
        carts.valueMinor(),
        carts.lineCount(),
        facts.interests().favouriteCategory(),
        LastWrite.valueOf(told.birthday()),
        LastWrite.valueOf(told.zone()),
        LastWrite.valueOf(told.level()),
        LastWrite.valueOf(told.city()),
        LastWrite.valueOf(told.marketingConsent()),
        told.attributeValues(),
        now);
  }
}
