package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What one version of a rule waits for: when its episodes open, are refreshed and close. */
abstract class NaiveKind {
  static final String CUSTOMER_SCOPE = "customer";

  final TriggerKind name;
  final Rule rule;
  final NaiveCustomer customer;
  final NaiveEpisodes episodes;

  NaiveKind(TriggerKind name, Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    this.name = name;
    this.rule = rule;
    this.customer = customer;
    this.episodes = episodes;
  }

  static NaiveKind of(Rule rule, NaiveCustomer customer, NaiveEpisodes episodes) {
    return switch (rule.kind().wireName()) {
      case "unpaid_order" -> new NaiveUnpaidOrder(rule, customer, episodes);
      case "cart_abandonment" -> new NaiveCartAbandonment(rule, customer, episodes);
      case "browse_abandonment" -> new NaiveBrowseAbandonment(rule, customer, episodes);
      case "reactivation" -> new NaiveReactivation(rule, customer, episodes);
      case "stage_entered" -> new NaiveStageEntered(rule, customer, episodes);
      case "segment_entered" -> new NaiveSegmentEntered(rule, customer, episodes);
      case "post_purchase" -> new NaivePostPurchase(rule, customer, episodes);
      case "birthday" -> new NaiveBirthday(rule, customer, episodes);
      default -> throw new IllegalArgumentException("The oracle knows no kind " + rule.kind());
    };
  }

  /**
   * After an event, and after the stage has followed it.
   *
   * @param before all events but this one
   */
  void onEvent(BehaviorEvent event, NaiveHistory before) {}

  /**
   * After a change of stage.
   *
   * @param cause null where time alone brought it about
   */
  void onStage(StageTransition transition, BehaviorEvent cause) {}

  /** After all events of a moment, whatever moment it is. */
  void onTime(Instant now) {}

  /** Moments at which time alone may open or close something, past ones included. */
  List<Instant> moments(Instant now) {
    return List.of();
  }

  Instant dueAt(NaiveEpisode episode, int step) {
    return episode.refreshedAt.plus(rule.steps().get(step - 1));
  }

  abstract Evidence evidence(NaiveEpisode episode, Instant now);

  /** Of whatever version. */
  final NaiveEpisode live(String scope) {
    return episodes.live(rule.id(), scope);
  }

  /** Of this version. */
  final NaiveEpisode own(String scope) {
    NaiveEpisode live = live(scope);
    return live == null || live.kind != this ? null : live;
  }

  final void close(String scope) {
    NaiveEpisode own = own(scope);
    if (own != null) {
      own.live = false;
    }
  }

  final NaiveEpisode openByEvent(String scope, BehaviorEvent event) {
    return open(scope, event.eventTime(), event);
  }

  final NaiveEpisode openByTime(String scope, Instant now) {
    return open(scope, now, null);
  }

  /** Null where the version opens nothing then, or something is live under another one. */
  private NaiveEpisode open(String scope, Instant at, BehaviorEvent by) {
    return customer.rules().opens(rule, at) && live(scope) == null
        ? episodes.add(new NaiveEpisode(this, scope, at, by))
        : null;
  }

  /** The purchase event that made its order a paid one; null for every other event. */
  final Purchase payment(BehaviorEvent event) {
    return event.payload() instanceof Purchase purchase && customer.history().lastPaysFirst()
        ? purchase
        : null;
  }

  /** The purchase event that pays for something, be it the first payment of its order or not. */
  final Purchase anyPayment(BehaviorEvent event) {
    return event.payload() instanceof Purchase purchase && purchase.status() == OrderStatus.PAID
        ? purchase
        : payment(event);
  }

  final Evidence evidence(
      NaiveEpisode episode,
      Instant now,
      String appId,
      String cartId,
      Long valueMinor,
      List<io.customerpulse.domain.event.Line> lines,
      String productId,
      Integer views,
      Long daysSilent,
      String orderId) {
    Scores scores = customer.scoresAt(now);
    return new Evidence(
        appId,
        cartId,
        valueMinor,
        lines,
        productId,
        views,
        daysSilent,
        customer.stage(),
        scores == null ? null : (Integer) scores.r(),
        scores == null ? null : (Integer) scores.f(),
        scores == null ? null : (Integer) scores.m(),
        scores == null ? null : scores.cutsVersion(),
        episode.opener == null ? null : episode.opener.eventId(),
        episode.refresher == null ? null : episode.refresher.eventId(),
        orderId);
  }

  /** Evidence of what isn't about a cart or a product. */
  final Evidence evidenceOfCustomer(NaiveEpisode episode, Instant now) {
    Instant last = customer.history().lastOrderAt();
    Long silent = last == null ? null : (Long) Duration.between(last, now).toDays();
    return evidence(episode, now, null, null, null, null, null, null, silent, null);
  }
}
