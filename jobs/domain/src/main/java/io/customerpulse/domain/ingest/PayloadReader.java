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
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the properties of an event by its type. */
final class PayloadReader {
  /** Half an hour: who stays longer has gone away from the screen. */
  static final long MAX_DWELL_MILLIS = 30 * 60 * 1_000L;

  /** Characters of an address or a referrer. */
  static final int MAX_ADDRESS = 2_048;

  /** Characters of what is said in words. */
  static final int MAX_WORDS = 1_024;

  static final int MAX_POSITION = 1_000_000;

  private static final int EARLIEST_BIRTH_YEAR = 1900;
  private static final Set<String> CURRENCY_CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final Pattern MONTH_DAY = Pattern.compile("\\d{2}-\\d{2}");

  private static final Map<String, Phase> PHASES = byName(Phase.values());
  private static final Map<String, CartAction> CART_ACTIONS = byName(CartAction.values());
  private static final Map<String, OrderStatus> ORDER_STATUSES = byName(OrderStatus.values());
  private static final Map<String, MessageStatus> MESSAGE_STATUSES = byName(MessageStatus.values());

  private final Function<String, Settings.Tenant> tenants;
  private final Set<String> junkBirthdays;

  PayloadReader(Settings settings) {
    tenants = settings::tenant;
    junkBirthdays = settings.identity().junkBirthdays();
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
      case CLICK -> click(properties);
      case BROWSE -> browse(properties, repairs);
      case CART -> cart(properties, tenantId, new LineReader(extras, repairs));
      case PURCHASE -> purchase(properties, tenantId, new LineReader(extras, repairs));
      case REFUND -> refund(properties, tenantId);
      case IDENTIFY ->
          new Payload.Identify(
              !Boolean.FALSE.equals(properties.optional("authenticated", properties::bool)));
      case PROFILE -> profile(properties, eventTime, extras, repairs);
      case CUSTOM ->
          new Payload.Custom(
              properties.requiredMaskedId("name"), Attributes.take(properties, extras, repairs));
      case MESSAGE -> message(properties);
      case ERASE -> new Payload.Erase(properties.requiredId("request_id"));
    };
  }

  private static Payload click(Fields properties) throws Refusal {
    String elementId = properties.requiredId("element_id");
    Long position =
        properties.optional(
            "position", name -> properties.whole(name, 0, MAX_POSITION, Rounding.NONE));
    return new Payload.Click(
        elementId,
        words(properties, "page", MAX_ADDRESS),
        id(properties, "sku_id"),
        id(properties, "product_id"),
        position == null ? null : Math.toIntExact(position));
  }

  private static Payload browse(Fields properties, Repairs repairs) {
    return new Payload.Browse(
        words(properties, "page", MAX_ADDRESS),
        id(properties, "product_id"),
        id(properties, "sku_id"),
        id(properties, "category_id"),
        words(properties, "referrer", MAX_ADDRESS),
        properties.optional("phase", name -> properties.oneOf(name, PHASES)),
        dwellMillis(properties, repairs),
        id(properties, "visit_id"));
  }

  private static String id(Fields properties, String name) {
    return properties.optional(name, properties::id);
  }

  private static String words(Fields properties, String name, int maxLength) {
    return properties.optional(name, of -> properties.words(of, maxLength));
  }

  private static String text(Fields properties, String name) {
    return properties.optional(name, of -> properties.text(of, Fields.MAX_ID));
  }

  /** A part of a millisecond, as browsers measure it, is cut without a note. */
  private static Long dwellMillis(Fields properties, Repairs repairs) {
    Long sent = properties.optional("dwell_ms", name -> properties.wholePart(name, Long.MAX_VALUE));
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
    String cartId = id(properties, "cart_id");
    // Of a removal without a quantity the whole line goes; anything else without one means a piece.
    Long quantityIfAbsent = action == CartAction.REMOVE ? null : Long.valueOf(1);
    List<Line> lines =
        action == CartAction.CLEAR
            ? lineReader.takeIfAny(properties, quantityIfAbsent)
            : lineReader.take(properties, quantityIfAbsent);
    if (action == CartAction.ADD || action == CartAction.REMOVE) {
      properties.required("lines", lines.isEmpty() ? null : lines);
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
    // Never dropped: an order without a status counts as paid.
    OrderStatus status = properties.oneOf("status", ORDER_STATUSES);
    long amountMinor = properties.required("amount_minor", properties.money("amount_minor"));
    String currency = currency(properties, tenantId);
    return new Payload.Purchase(
        orderId,
        status == null ? OrderStatus.PAID : status,
        amountMinor,
        currency,
        lineReader.takePriced(properties),
        id(properties, "cart_id"),
        id(properties, "coupon_id"));
  }

  private Payload refund(Fields properties, String tenantId) throws Refusal {
    String orderId = properties.requiredId("order_id");
    String refundId = properties.requiredId("refund_id");
    long amountMinor = properties.required("amount_minor", properties.money("amount_minor"));
    // No field of a refund, but where one is named, another currency must not be added up.
    currency(properties, tenantId);
    boolean full = Boolean.TRUE.equals(properties.optional("full", properties::bool));
    return new Payload.Refund(orderId, refundId, amountMinor, full);
  }

  private Payload profile(Fields properties, Instant eventTime, Extras extras, Repairs repairs) {
    return new Payload.Profile(
        properties.optional("birthday", name -> birthday(properties, eventTime, repairs)),
        properties.optional("zone", name -> zone(properties)),
        text(properties, "level"),
        text(properties, "city"),
        marketingConsent(properties),
        Attributes.take(properties, extras, repairs));
  }

  /** Whoever says something that isn't understood has not agreed. */
  private static Boolean marketingConsent(Fields properties) {
    Boolean consent = properties.optional("marketing_consent", properties::bool);
    boolean isUnclear = consent == null && properties.peek("marketing_consent") != null;
    return isUnclear ? Boolean.FALSE : consent;
  }

  private static Payload message(Fields properties) throws Refusal {
    return new Payload.Message(
        properties.requiredId("trigger_id"),
        properties.optional("status", name -> properties.oneOf(name, MESSAGE_STATUSES)),
        words(properties, "error", MAX_WORDS));
  }

  private String currency(Fields properties, String tenantId) throws Refusal {
    String code = properties.optional("currency", name -> currencyCode(properties));
    String expected = tenants.apply(tenantId).currency().getCurrencyCode();
    if (code != null && !code.equals(expected)) {
      throw new Refusal(
          DeadLetterCode.WRONG_CURRENCY,
          "properties.currency: "
              + code
              + ", but tenant "
              + FieldRefusals.quote(tenantId)
              + " has "
              + expected);
    }
    return code;
  }

  private static String currencyCode(Fields properties) throws Refusal {
    String keyword = properties.keyword("currency");
    String code = keyword == null ? null : keyword.toUpperCase(Locale.ROOT);
    if (code != null && !CURRENCY_CODES.contains(code)) {
      throw properties.bad(
          "currency", FieldRefusals.quote(code) + " is not an ISO 4217 code such as CNY");
    }
    return code;
  }

  private String birthday(Fields properties, Instant eventTime, Repairs repairs) throws Refusal {
    String birthday = properties.text("birthday", Fields.MAX_ID);
    if (birthday == null) {
      return null;
    }
    if (junkBirthdays.contains(birthday)) {
      repairs.note(Repair.JUNK_BIRTHDAY_DROPPED);
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
        FieldRefusals.quote(birthday)
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
          "zone",
          FieldRefusals.quote(zone) + " is not a time zone such as Asia/Shanghai or +08:00");
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
