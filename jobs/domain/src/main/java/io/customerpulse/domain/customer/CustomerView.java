package io.customerpulse.domain.customer;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.profile.SelfReported.LastWrite;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.Segments;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;

/** The customer as rules see it, at the moment they look. It changes nothing. */
final class CustomerView implements Subject {
  private final CustomerKey key;
  private final String holdoutKey;
  private final TenantContext context;
  private final Timeline timeline;
  private final FactCollector facts;
  private final StageTracker stage;
  private final CustomerScores scores;
  private final Profiles profiles;

  CustomerView(
      CustomerKey key,
      String holdoutKey,
      TenantContext context,
      Timeline timeline,
      FactCollector facts,
      StageTracker stage,
      CustomerScores scores,
      Profiles profiles) {
    this.key = key;
    this.holdoutKey = holdoutKey;
    this.context = context;
    this.timeline = timeline;
    this.facts = facts;
    this.stage = stage;
    this.scores = scores;
    this.profiles = profiles;
  }

  @Override
  public CustomerKey key() {
    return key;
  }

  @Override
  public String holdoutKey() {
    return holdoutKey;
  }

  @Override
  public Carts carts() {
    return facts.carts();
  }

  @Override
  public List<RecentPurchase> recentPurchases() {
    return facts.recentPurchases().all();
  }

  @Override
  public Stage stage() {
    return stage.entry().stage();
  }

  @Override
  public Instant stageSince() {
    return stage.entry().since();
  }

  @Override
  public boolean stageBySilence() {
    return stage.entry().bySilence();
  }

  @Override
  public Instant lastActivityAt() {
    return facts.sightings().lastActivityAt();
  }

  @Override
  public Instant lastOrderAt() {
    return facts.orders().lastAt();
  }

  @Override
  public Scores scoresAt(Instant now) {
    return scores.at(now);
  }

  @Override
  public CustomerProfile profileAt(Instant now) {
    return profiles.at(now, scores.at(now));
  }

  @Override
  public ZoneId zone() {
    return context.zone();
  }

  @Override
  public Instant processedUpTo() {
    return timeline.processedUpTo();
  }

  @Override
  public Segments segments() {
    return context.segments();
  }

  @Override
  public boolean hasOrderInWindow(Instant now) {
    return scores.window(now).orders() > 0;
  }

  @Override
  public MonthDay birthday() {
    String birthday = LastWrite.valueOf(facts.selfReported().birthday());
    return birthday == null
        ? null
        : MonthDay.parse("--" + birthday.substring(birthday.length() - 5));
  }

  @Override
  public Boolean marketingConsent() {
    return LastWrite.valueOf(facts.selfReported().marketingConsent());
  }
}
