package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Phase;
import io.customerpulse.domain.settings.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the properties of an event by its type. */
final class PayloadReader {
  /** Half an hour: who stays longer has gone away from the screen. */
  static final long MAX_DWELL_MILLIS = 30 * 60 * 1_000L;

  /** Ten thousand million yuan: more is a mistake, and sums stay far from overflow. */
  static final long MAX_AMOUNT_MINOR = 1_000_000_000_000L;

  /** Characters of an address or a referrer. */
  static final int MAX_ADDRESS = 2_048;

  /** Characters of what is said in words. */
  static final int MAX_WORDS = 1_024;

  static final int MAX_POSITION = 1_000_000;

  private static final int EARLIEST_BIRTH_YEAR = 1900;
  private static final Pattern CURRENCY_CODE = Pattern.compile("[A-Za-z]{3}");
  private static final Pattern MONTH_DAY = Pattern.compile("\\d{2}-\\d{2}");

  private static final Map<String, Phase> PHASES = byName(Phase.values());
  private static final Map<String, CartAction> CART_ACTIONS = byName(CartAction.values());
  private static final Map<String, OrderStatus> ORDER_STATUSES = byName(OrderStatus.values());
  private static final Map<String, MessageStatus> MESSAGE_STATUSES = byName(MessageStatus.values());

  private final Function<String, Settings.Tenant> tenants;

  PayloadReader(Settings settings) {
    tenants = settings::tenant;
  }

  /**
   * The payload; what stays in {@code properties} is unknown to the contract.
   *
   * @param extras where the unknown fields of lines go
   */
  Payload take(
      EventType type,
      Fields properties,
      String tenantId,
      Instant eventTime,
      Extras extras,
      Repairs repairs)
      throws Refusal {
    return switch (type) {
      case CLICK -> click(properties, repairs);
      case BROWSE -> browse(properties, repairs);
      case CART -> cart(properties, tenantId, new LineReader(extras, repairs));
      case PURCHASE -> purchase(properties, tenantId, new LineReader(extras, repairs));
      case REFUND -> refund(properties, tenantId);
      case IDENTIFY -> new Payload.Identify(properties.bool("authenticated", true));
      case PROFILE -> profile(properties, eventTime, repairs);
      case CUSTOM -> custom(properties, repairs);
      case MESSAGE -> message(properties, repairs);
      case ERASE -> new Payload.Erase(properties.requiredId("request_id"));
    };
  }

  private static Payload click(Fields properties, Repairs repairs) throws Refusal {
    String elementId = properties.requiredId("element_id");
    Long position = properties.whole("position", 0, MAX_POSITION);
    return new Payload.Click(
        elementId,
        repairs.maskPhones(properties.text("page", MAX_ADDRESS)),
        properties.id("sku_id"),
        properties.id("product_id"),
        position == null ? null : Math.toIntExact(position));
  }

  private static Payload browse(Fields properties, Repairs repairs) throws Refusal {
    return new Payload.Browse(
        repairs.maskPhones(properties.text("page", MAX_ADDRESS)),
        properties.id("product_id"),
        properties.id("sku_id"),
        properties.id("category_id"),
        repairs.maskPhones(properties.text("referrer", MAX_ADDRESS)),
        properties.oneOf("phase", PHASES),
        dwellMillis(properties, repairs),
        properties.id("visit_id"));
  }

  /** A part of a millisecond, as browsers measure it, is cut without a note. */
  private static Long dwellMillis(Fields properties, Repairs repairs) throws Refusal {
    Long sent = properties.wholePart("dwell_ms", Long.MAX_VALUE);
    if (sent == null) {
      return null;
    }
    long dwellMillis = Math.max(0, Math.min(sent, MAX_DWELL_MILLIS));
    if (dwellMillis != sent) {
      repairs.note(Repair.DWELL_CUT);
    }
    return dwellMillis;
  }

  private Payload cart(Fields properties, String tenantId, LineReader lineReader) throws Refusal {
    CartAction action = properties.required("action", properties.oneOf("action", CART_ACTIONS));
    String cartId = properties.id("cart_id");
    // Of a removal without a quantity the whole line goes; anything else without one means a piece.
    Long quantityIfAbsent = action == CartAction.REMOVE ? null : Long.valueOf(1);
    List<Line> lines = lineReader.take(properties, quantityIfAbsent);
    if (lines.isEmpty() && action != CartAction.CLEAR) {
      throw properties.missing("lines");
    }
    return new Payload.CartChange(
        action,
        cartId,
        action == CartAction.CLEAR ? List.of() : lines,
        currency(properties, tenantId));
  }

  private Payload purchase(Fields properties, String tenantId, LineReader lineReader)
      throws Refusal {
    String orderId = properties.requiredId("order_id");
    OrderStatus status = properties.oneOf("status", ORDER_STATUSES);
    long amountMinor = properties.requiredWhole("amount_minor", 0, MAX_AMOUNT_MINOR);
    String currency = currency(properties, tenantId);
    return new Payload.Purchase(
        orderId,
        status == null ? OrderStatus.PAID : status,
        amountMinor,
        currency,
        lineReader.takePriced(properties),
        properties.id("cart_id"),
        properties.id("coupon_id"));
  }

  private Payload refund(Fields properties, String tenantId) throws Refusal {
    String orderId = properties.requiredId("order_id");
    String refundId = properties.requiredId("refund_id");
    long amountMinor = properties.requiredWhole("amount_minor", 0, MAX_AMOUNT_MINOR);
    // No field of a refund, but where one is named, another currency must not be added up.
    currency(properties, tenantId);
    return new Payload.Refund(orderId, refundId, amountMinor, properties.bool("full", false));
  }

  private static Payload profile(Fields properties, Instant eventTime, Repairs repairs)
      throws Refusal {
    return new Payload.Profile(
        birthday(properties, eventTime),
        zone(properties),
        properties.text("level", Fields.MAX_ID),
        properties.text("city", Fields.MAX_ID),
        properties.bool("marketing_consent"),
        Attributes.take(properties, repairs));
  }

  private static Payload custom(Fields properties, Repairs repairs) throws Refusal {
    return new Payload.Custom(properties.requiredId("name"), Attributes.take(properties, repairs));
  }

  private static Payload message(Fields properties, Repairs repairs) throws Refusal {
    return new Payload.Message(
        properties.requiredId("trigger_id"),
        properties.oneOf("status", MESSAGE_STATUSES),
        repairs.maskPhones(properties.text("error", MAX_WORDS)));
  }

  private String currency(Fields properties, String tenantId) throws Refusal {
    String sent = properties.text("currency", Fields.MAX_ID);
    if (sent == null) {
      return null;
    }
    if (!CURRENCY_CODE.matcher(sent).matches()) {
      throw properties.bad("currency", Fields.quote(sent) + " is not an ISO 4217 code such as CNY");
    }
    String code = sent.toUpperCase(Locale.ROOT);
    String expected = tenants.apply(tenantId).currency().getCurrencyCode();
    if (!code.equals(expected)) {
      throw new Refusal(
          DeadLetterCode.WRONG_CURRENCY,
          "properties.currency: "
              + code
              + ", but tenant "
              + Fields.quote(tenantId)
              + " has "
              + expected);
    }
    return code;
  }

  private static String birthday(Fields properties, Instant eventTime) throws Refusal {
    String birthday = properties.text("birthday", Fields.MAX_ID);
    if (birthday == null) {
      return null;
    }
    try {
      if (MONTH_DAY.matcher(birthday).matches()) {
        return MonthDay.parse("--" + birthday).toString().substring(2);
      }
      LocalDate date = LocalDate.parse(birthday);
      // A day ahead: the customer's zone may be up to that far before UTC.
      LocalDate latest = eventTime.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
      if (date.getYear() >= EARLIEST_BIRTH_YEAR && !date.isAfter(latest)) {
        return date.toString();
      }
    } catch (DateTimeException e) {
      throw badBirthday(properties, birthday);
    }
    throw badBirthday(properties, birthday);
  }

  private static Refusal badBirthday(Fields properties, String birthday) {
    return properties.bad(
        "birthday",
        Fields.quote(birthday)
            + " is not a day as MM-DD or YYYY-MM-DD from "
            + EARLIEST_BIRTH_YEAR
            + " to the day of the event");
  }

  private static String zone(Fields properties) throws Refusal {
    String zone = properties.text("zone", Fields.MAX_ID);
    try {
      return zone == null ? null : ZoneId.of(zone).getId();
    } catch (DateTimeException e) {
      throw properties.bad(
          "zone", Fields.quote(zone) + " is not a time zone such as Asia/Shanghai or +08:00");
    }
  }

  private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
    Map<String, E> named = new TreeMap<>();
    for (E value : values) {
      named.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return named;
  }
}
