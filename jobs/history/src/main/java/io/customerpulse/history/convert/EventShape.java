package io.customerpulse.history.convert;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of tracking events that a mapping can fill. */
final class EventShape {
  static final Set<String> IDENTIFIERS =
      Set.of("user_id", "unionid", "phone", "phone_hash", "openid", "anonymous_id");

  static final Map<String, Field> ENVELOPE =
      Map.ofEntries(
          entry("event_id", Field.TEXT),
          entry("tenant_id", Field.TEXT),
          entry("app_id", Field.TEXT.needed()),
          entry("event_time", Field.TIME.needed()),
          entry("sent_at", Field.TIME),
          entry("received_at", Field.TIME),
          entry("openid", Field.TEXT),
          entry("unionid", Field.TEXT),
          entry("user_id", Field.TEXT),
          entry("anonymous_id", Field.TEXT),
          entry("phone", Field.TEXT),
          entry("phone_hash", Field.TEXT),
          entry("session_id", Field.TEXT),
          entry("platform", Field.TEXT),
          entry("scene", Field.TEXT));

  static final Map<String, Field> LINE =
      Map.of(
          "sku_id", Field.TEXT.needed(),
          "product_id", Field.TEXT,
          "category_id", Field.TEXT,
          "quantity", Field.WHOLE,
          "unit_price_minor", Field.MONEY);

  /** Event type → its properties, without lines and attributes. */
  static final Map<String, Map<String, Field>> PROPERTIES =
      Map.of(
          "click",
          Map.of(
              "element_id", Field.TEXT.needed(),
              "page", Field.TEXT,
              "sku_id", Field.TEXT,
              "product_id", Field.TEXT,
              "position", Field.WHOLE),
          "browse",
          Map.of(
              "page", Field.TEXT,
              "product_id", Field.TEXT,
              "sku_id", Field.TEXT,
              "category_id", Field.TEXT,
              "referrer", Field.TEXT,
              "phase", Field.oneOf("enter", "leave"),
              "dwell_ms", Field.WHOLE,
              "visit_id", Field.TEXT),
          "cart",
          Map.of(
              "action", Field.oneOf("add", "remove", "set", "clear", "replace").needed(),
              "cart_id", Field.TEXT,
              "currency", Field.TEXT),
          "purchase",
          Map.of(
              "order_id",
              Field.TEXT.needed(),
              "status",
              Field.oneOf("created", "paid", "closed", "completed"),
              "amount_minor",
              Field.MONEY.needed(),
              "currency",
              Field.TEXT,
              "cart_id",
              Field.TEXT,
              "coupon_id",
              Field.TEXT),
          "refund",
          Map.of(
              "order_id", Field.TEXT.needed(),
              "refund_id", Field.TEXT.needed(),
              "amount_minor", Field.MONEY.needed(),
              "full", Field.BOOL),
          "identify",
          Map.of("authenticated", Field.BOOL),
          "profile",
          Map.of(
              "birthday", Field.TEXT,
              "zone", Field.TEXT,
              "level", Field.TEXT,
              "city", Field.TEXT,
              "marketing_consent", Field.BOOL),
          "custom",
          Map.of("name", Field.TEXT.needed()),
          "message",
          Map.of(
              "trigger_id", Field.TEXT.needed(),
              "status", Field.oneOf("sent", "delivered", "opened", "clicked", "failed").needed(),
              "error", Field.TEXT),
          "erase",
          Map.of("request_id", Field.TEXT.needed()));

  private EventShape() {}

  static boolean hasLines(String type) {
    return type.equals("cart") || type.equals("purchase");
  }

  static boolean hasAttributes(String type) {
    return type.equals("custom") || type.equals("profile");
  }

  /**
   * What a field takes.
   *
   * @param required whether an event without it is none
   */
  record Field(Kind kind, String allowed, Pattern pattern, boolean required) {
    static final Field TEXT = of(Kind.TEXT, "a text", "(?s).+");
    static final Field WHOLE = of(Kind.WHOLE, "a whole number from 0", "\\d{1,18}");
    static final Field MONEY =
        of(Kind.MONEY, "an amount from 0 such as 12.50", "\\d{1,12}(\\.\\d{1,6})?");
    static final Field BOOL = of(Kind.BOOL, "true, false", "true|false");
    static final Field TIME = of(Kind.TIME, "a time", "(?s).+");

    static Field oneOf(String... words) {
      return of(
          Kind.TEXT,
          String.join(", ", words),
          Set.of(words).stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    Field needed() {
      return new Field(kind, allowed, pattern, true);
    }

    boolean takes(String text) {
      return pattern.matcher(text).matches();
    }

    private static Field of(Kind kind, String allowed, String regex) {
      return new Field(kind, allowed, Pattern.compile(regex), false);
    }
  }

  enum Kind {
    TEXT,
    WHOLE,
    /** A decimal in the file, minor units in the event. */
    MONEY,
    BOOL,
    TIME
  }
}
