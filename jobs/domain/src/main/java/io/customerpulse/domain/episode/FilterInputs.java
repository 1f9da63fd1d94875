package io.customerpulse.domain.episode;

import static io.customerpulse.domain.episode.FilterCustomer.putKnown;

import io.customerpulse.domain.episode.Episode.EventRef;
import io.customerpulse.domain.rule.FilterInput;
import io.customerpulse.domain.trigger.Evidence;
import java.util.HashMap;
import java.util.Map;

/**
 * What a filter sees of a step, under the names of the rules' documentation. Nothing is put
 * together that isn't asked for.
 */
final class FilterInputs implements FilterInput {
  private final Episode judged;
  private final DueStep step;
  private final EpisodeParts parts;
  private final FilterCustomer customer;

  FilterInputs(Episode judged, DueStep step, EpisodeParts parts, FilterCustomer customer) {
    this.judged = judged;
    this.step = step;
    this.parts = parts;
    this.customer = customer;
  }

  @Override
  public Map<String, Object> customer() {
    return customer.fields();
  }

  @Override
  public Map<String, Object> cart() {
    Map<String, Object> fields = new HashMap<>();
    Evidence evidence = evidence();
    if (evidence.lines() != null) {
      fields.put("value_minor", evidence.valueMinor());
      fields.put("lines", (long) evidence.lines().size());
      putKnown(fields, "app_id", evidence.appId());
      putKnown(fields, "cart_id", evidence.cartId());
    }
    return fields;
  }

  @Override
  public Map<String, Object> episode() {
    Map<String, Object> fields = new HashMap<>();
    Evidence evidence = evidence();
    fields.put("step", (long) step.number());
    fields.put("rule_id", step.rule().id());
    fields.put("kind", step.rule().kind().wireName());
    putKnown(fields, "product_id", evidence.productId());
    putKnown(
        fields, "views", evidence.views() == null ? null : (Long) evidence.views().longValue());
    putKnown(fields, "days_silent", evidence.daysSilent());
    putKnown(fields, "order_id", evidence.orderId());
    return fields;
  }

  @Override
  public Map<String, Object> event() {
    Map<String, Object> fields = new HashMap<>();
    EventRef event = judged.refreshedBy();
    if (event != null) {
      fields.put("type", event.type().wireName());
      putKnown(fields, "app_id", event.appId());
      putKnown(fields, "platform", event.platform());
      putKnown(fields, "scene", event.scene());
      putKnown(fields, "product_id", event.productId());
      putKnown(fields, "order_id", event.orderId());
      putKnown(fields, "amount_minor", event.amountMinor());
      putKnown(fields, "name", event.name());
      fields.put("attributes", event.attributes());
    }
    return fields;
  }

  private Evidence evidence() {
    return parts.evidence(step.rule(), judged, customer.now());
  }
}
