package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.Custom;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.rule.Rule;
import java.time.Instant;
import java.util.Map;

/**
 * One run of one rule for one customer: opened, refreshed, closed; its steps fall due at offsets
 * from the last refresh and each is judged once.
 *
 * @param scopeKey what it is about; one live episode per rule and scope key
 * @param openedBy id of the opening event; null where time alone opened it
 * @param refreshedBy the event of the last refresh; null where time alone opened it
 * @param judged bit s − 1 is set once step s is used up
 * @param held bit s − 1 is set while step s waits for the end of the quiet hours
 * @param heldUntil that end; null while nothing is held
 */
public record Episode(
    String episodeId,
    String ruleId,
    int ruleVersion,
    String scopeKey,
    Instant openedAt,
    String openedBy,
    Instant refreshedAt,
    EventRef refreshedBy,
    int judged,
    int held,
    Instant heldUntil) {

  /** The scope key of kinds that are about the customer. */
  public static final String CUSTOMER_SCOPE = "customer";

  /**
   * What is remembered of an event for filters and evidence.
   *
   * @param productId of a browse; else null
   * @param orderId of a purchase; else null
   * @param amountMinor of a purchase; else null
   * @param cartId of a purchase that names one; else null
   * @param name of a custom event; else null
   * @param attributes of a custom event or a profile, where the rule's filter looks at them; else
   *     empty
   */
  public record EventRef(
      String eventId,
      EventType type,
      String appId,
      String platform,
      String scene,
      String productId,
      String orderId,
      Long amountMinor,
      String cartId,
      String name,
      Map<String, Object> attributes) {

    /** What the steps of a rule may ask of an event. */
    static EventRef of(BehaviorEvent event, Rule rule) {
      String productId = event.payload() instanceof Browse browse ? browse.productId() : null;
      Purchase purchase = event.payload() instanceof Purchase p ? p : null;
      boolean asked = rule.filter() != null && rule.filter().readsEventAttributes();
      return new EventRef(
          event.eventId(),
          event.type(),
          event.appId(),
          event.platform(),
          event.scene(),
          productId,
          purchase == null ? null : purchase.orderId(),
          purchase == null ? null : (Long) purchase.amountMinor(),
          purchase == null ? null : purchase.cartId(),
          event.payload() instanceof Custom custom ? custom.name() : null,
          asked ? attributes(event.payload()) : Map.of());
    }

    private static Map<String, Object> attributes(Payload payload) {
      if (payload instanceof Custom custom) {
        return custom.attributes();
      }
      return payload instanceof Profile profile ? profile.attributes() : Map.of();
    }
  }

  /**
   * An episode that an event opens.
   *
   * @param at when it opens: the event's time, except where the event only made something known
   */
  static Episode openedByEvent(Rule rule, String scopeKey, BehaviorEvent event, Instant at) {
    String id = ContentHash.of("episode", event.tenantId(), rule.id(), scopeKey, event.eventId());
    EventRef by = EventRef.of(event, rule);
    return new Episode(
        id, rule.id(), rule.version(), scopeKey, at, by.eventId(), at, by, 0, 0, null);
  }

  /**
   * An episode that time alone opens.
   *
   * @param begins from when the steps are counted, most often {@code at}
   */
  static Episode openedByTime(
      String tenantId, Rule rule, String scopeKey, Instant at, Instant begins, String holdoutKey) {
    String id = ContentHash.of("episode", tenantId, rule.id(), scopeKey, at.toString(), holdoutKey);
    return new Episode(id, rule.id(), rule.version(), scopeKey, at, null, begins, null, 0, 0, null);
  }

  /** The id of a step's trigger; it doesn't contain the customer's id, which a merge may change. */
  public String triggerId(int step) {
    return ContentHash.of("trigger", episodeId, Integer.toString(step));
  }

  /** Moves the steps that have not been judged; an older refresh that comes late moves nothing. */
  Episode refreshed(BehaviorEvent event, Rule rule) {
    if (event.eventTime().isBefore(refreshedAt)) {
      return this;
    }
    return new Episode(
        episodeId,
        ruleId,
        ruleVersion,
        scopeKey,
        openedAt,
        openedBy,
        event.eventTime(),
        EventRef.of(event, rule),
        judged,
        0,
        null);
  }

  /** The episode with a step used up. */
  public Episode judged(int step) {
    int stillHeld = held & ~bit(step);
    return new Episode(
        episodeId,
        ruleId,
        ruleVersion,
        scopeKey,
        openedAt,
        openedBy,
        refreshedAt,
        refreshedBy,
        judged | bit(step),
        stillHeld,
        stillHeld == 0 ? null : heldUntil);
  }

  Episode held(int step, Instant until) {
    return new Episode(
        episodeId,
        ruleId,
        ruleVersion,
        scopeKey,
        openedAt,
        openedBy,
        refreshedAt,
        refreshedBy,
        judged,
        held | bit(step),
        until);
  }

  boolean isJudged(int step) {
    return (judged & bit(step)) != 0;
  }

  boolean isHeld(int step) {
    return (held & bit(step)) != 0;
  }

  boolean isComplete(Rule rule) {
    int all = (1 << rule.steps().size()) - 1;
    // A version with fewer steps may have taken the place of the one it was opened under.
    return (judged & all) == all;
  }

  public Instant dueAt(Rule rule, int step) {
    return refreshedAt.plus(rule.steps().get(step - 1));
  }

  /** When a step is to be judged: when due, or when it is released. */
  Instant judgedAt(Rule rule, int step) {
    return isHeld(step) ? heldUntil : dueAt(rule, step);
  }

  /** The next time a step is to be judged; null once it is complete. */
  Instant nextAt(Rule rule) {
    Instant next = null;
    for (int step = 1; step <= rule.steps().size(); step++) {
      if (!isJudged(step)) {
        Instant at = judgedAt(rule, step);
        next = next == null || at.isBefore(next) ? at : next;
      }
    }
    return next;
  }

  private static int bit(int step) {
    return 1 << (step - 1);
  }
}
