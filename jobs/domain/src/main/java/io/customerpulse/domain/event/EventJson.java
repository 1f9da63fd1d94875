package io.customerpulse.domain.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An event as a tracking event in JSON that is read as this one again, with a phone as its hash and
 * what was masked masked. Equal events have equal texts: extras and attributes stand by name. Not
 * in it: repairs, of which reading it again notes those that still show, and where the event was
 * read.
 */
public final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private static final Set<String> ENVELOPE =
      Set.of(
          "event_id",
          "type",
          "tenant_id",
          "app_id",
          "event_time",
          "seq",
          "sent_at",
          "received_at",
          "user_id",
          "unionid",
          "phone",
          "phone_hash",
          "openid",
          "anonymous_id",
          "session_id",
          "platform",
          "scene",
          "properties");

  private final JsonGenerator out;

  private EventJson(JsonGenerator out) {
    this.out = out;
  }

  /** The text, in one line; what is unset is left out. */
  public static String of(BehaviorEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      new EventJson(out).write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(BehaviorEvent event) throws IOException {
    out.writeStartObject();
    text("event_id", event.eventId());
    text("type", event.type().wireName());
    text("tenant_id", event.tenantId());
    text("app_id", event.appId());
    time("event_time", event.deviceTime());
    number("seq", event.seq());
    time("sent_at", event.sentAt());
    time("received_at", event.receivedAt());
    text("user_id", event.identifiers().userId());
    text("unionid", event.identifiers().unionid());
    text("phone_hash", event.identifiers().phoneHash());
    text("openid", event.identifiers().openid());
    text("anonymous_id", event.identifiers().anonymousId());
    text("session_id", event.sessionId());
    text("platform", event.platform());
    text("scene", event.scene());
    out.writeObjectFieldStart("properties");
    payload(event.payload());
    extras(event.extras(), true);
    out.writeEndObject();
    extras(event.extras(), false);
    out.writeEndObject();
  }

  /**
   * Where an extra came from is not known, so it stands where nobody takes it for what it isn't:
   * among the properties if the envelope has its name, else in the envelope.
   */
  private void extras(Map<String, String> extras, boolean ofEnvelopesNames) throws IOException {
    for (Map.Entry<String, String> extra : new TreeMap<>(extras).entrySet()) {
      if (ENVELOPE.contains(extra.getKey()) == ofEnvelopesNames) {
        out.writeFieldName(extra.getKey());
        out.writeRawValue(extra.getValue());
      }
    }
  }

  private void payload(Payload payload) throws IOException {
    if (payload instanceof Payload.Click click) {
      text("element_id", click.elementId());
      text("page", click.page());
      text("sku_id", click.skuId());
      text("product_id", click.productId());
      number("position", click.position());
    } else if (payload instanceof Payload.Browse browse) {
      browse(browse);
    } else if (payload instanceof Payload.CartChange cart) {
      constant("action", cart.action());
      text("cart_id", cart.cartId());
      lines(cart.lines());
      text("currency", cart.currency());
    } else if (payload instanceof Payload.Purchase purchase) {
      purchase(purchase);
    } else if (payload instanceof Payload.Refund refund) {
      text("order_id", refund.orderId());
      text("refund_id", refund.refundId());
      number("amount_minor", refund.amountMinor());
      out.writeBooleanField("full", refund.full());
    } else if (payload instanceof Payload.Identify identify) {
      out.writeBooleanField("authenticated", identify.authenticated());
    } else if (payload instanceof Payload.Profile profile) {
      profile(profile);
    } else if (payload instanceof Payload.Custom custom) {
      text("name", custom.name());
      attributes(custom.attributes());
    } else if (payload instanceof Payload.Message message) {
      text("trigger_id", message.triggerId());
      constant("status", message.status());
      text("error", message.error());
    } else if (payload instanceof Payload.Erase erase) {
      text("request_id", erase.requestId());
    }
  }

  private void browse(Payload.Browse browse) throws IOException {
    text("page", browse.page());
    text("product_id", browse.productId());
    text("sku_id", browse.skuId());
    text("category_id", browse.categoryId());
    text("referrer", browse.referrer());
    constant("phase", browse.phase());
    number("dwell_ms", browse.dwellMillis());
    text("visit_id", browse.visitId());
  }

  private void purchase(Payload.Purchase purchase) throws IOException {
    text("order_id", purchase.orderId());
    constant("status", purchase.status());
    number("amount_minor", purchase.amountMinor());
    text("currency", purchase.currency());
    lines(purchase.lines());
    text("cart_id", purchase.cartId());
    text("coupon_id", purchase.couponId());
  }

  private void profile(Payload.Profile profile) throws IOException {
    text("birthday", profile.birthday());
    text("zone", profile.zone());
    text("level", profile.level());
    text("city", profile.city());
    if (profile.marketingConsent() != null) {
      out.writeBooleanField("marketing_consent", profile.marketingConsent());
    }
    attributes(profile.attributes());
  }

  private void lines(List<Line> lines) throws IOException {
    if (lines == null) {
      return;
    }
    out.writeArrayFieldStart("lines");
    for (Line line : lines) {
      out.writeStartObject();
      text("sku_id", line.skuId());
      text("product_id", line.productId());
      text("category_id", line.categoryId());
      number("quantity", line.quantity());
      number("unit_price_minor", line.unitPriceMinor());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void attributes(Map<String, Object> attributes) throws IOException {
    out.writeObjectFieldStart("attributes");
    for (Map.Entry<String, Object> attribute : new TreeMap<>(attributes).entrySet()) {
      out.writePOJOField(attribute.getKey(), attribute.getValue());
    }
    out.writeEndObject();
  }

  private void text(String name, String value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  private void constant(String name, Enum<?> value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
    }
  }

  private void time(String name, Instant value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value.toString());
    }
  }

  private void number(String name, Number value) throws IOException {
    if (value != null) {
      out.writeNumberField(name, value.longValue());
    }
  }
}
