package io.customerpulse.domain.episode;

import io.customerpulse.domain.episode.Episode.EventRef;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rule.FilterInput;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a filter sees of a step, under the names of the rules' documentation. Nothing is put
 * together that isn't asked for.
 */
final class FilterInputs implements FilterInput {
  private final Episode judged;
  private final DueStep step;
  private final Subject subject;
  private final Instant now;

  FilterInputs(Episode judged, DueStep step, Subject subject, Instant now) {
    this.judged = judged;
    this.step = step;
    this.subject = subject;
    this.now = now;
  }

  @Override
  public Map<String, Object> customer() {
    return customer(subject.profileAt(now));
  }

  @Override
  public Map<String, Object> cart() {
    return cart(EpisodeKinds.of(step.rule().kind()).evidence(judged, subject, now));
  }

  @Override
  public Map<String, Object> episode() {
    return Map.of("step", (long) step.number(), "rule_id", step.rule().id());
  }

  @Override
  public Map<String, Object> event() {
    return event(judged.refreshedBy());
  }

  private static Map<String, Object> customer(CustomerProfile profile) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("stage", profile.stage().name());
    fields.put("orders", profile.orders());
    fields.put("net_spend_minor", profile.netSpendMinor());
    fields.put("orders_in_window", profile.ordersInWindow());
    if (profile.scores() != null) {
      fields.put("r_score", (long) profile.scores().r());
      fields.put("f_score", (long) profile.scores().f());
      fields.put("m_score", (long) profile.scores().m());
    }
    fields.put("segment", profile.segment());
    fields.put("zone", profile.zone());
    fields.put("level", profile.level());
    fields.put("city", profile.city());
    fields.put("birthday", profile.birthday());
    fields.put("marketing_consent", profile.marketingConsent());
    fields.put("attributes", profile.attributes());
    fields.put("favourite_category", profile.favouriteCategory());
    return fields;
  }

  private static Map<String, Object> cart(Evidence evidence) {
    Map<String, Object> fields = new HashMap<>();
    if (evidence.lines() != null) {
      fields.put("value_minor", evidence.valueMinor());
      fields.put("lines", (long) evidence.lines().size());
      fields.put("app_id", evidence.appId());
      fields.put("cart_id", evidence.cartId());
    }
    return fields;
  }

  private static Map<String, Object> event(EventRef event) {
    Map<String, Object> fields = new HashMap<>();
    if (event != null) {
      fields.put("type", event.type().wireName());
      fields.put("app_id", event.appId());
      fields.put("platform", event.platform());
      fields.put("scene", event.scene());
    }
    return fields;
  }
}
