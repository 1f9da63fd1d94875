package io.customerpulse.lab.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.customerpulse.lab.simulator.Storyline.BasketItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes tracking events as JSON. Mini-programs are built with two tracking kits: the even ones
 * send ISO-8601 times, a device counter and cart ids; the odd ones epoch milliseconds and none of
 * the others.
 */
final class EventWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 768;

  /** With seconds also at whole minutes, which {@code toString} leaves out. */
  private static final DateTimeFormatter ISO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(8));

  private static final List<String> PLATFORMS = List.of("wechat", "wechat", "alipay", "douyin");
  private static final List<String> SCENES = List.of("1001", "1011", "1037", "1089");
  private static final String PRODUCT_PAGE = "product";
  private static final List<String> REFERRERS = List.of("home", "search", "category", PRODUCT_PAGE);
  private static final List<String> CITIES = List.of("上海", "北京", "广州", "成都", "杭州");
  private static final List<String> LEVELS = List.of("bronze", "silver", "gold");
  private static final int MAX_DWELL_MILLIS = 90_000;

  private final SimulatorSettings settings;
  private final SeededRandom random;
  private final Basket basket;
  private final List<String> appIds;

  EventWriter(SimulatorSettings settings, SeededRandom random) {
    this.settings = settings;
    this.random = random;
    basket = new Basket(settings, random);
    appIds =
        IntStream.range(0, settings.tenants().size() * settings.appsPerTenant())
            .mapToObj(app -> "wx" + Long.toHexString(SeededRandom.mix(app + 1L)))
            .toList();
  }

  byte[] write(long number, SimulatedAction action, Times times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeEnvelope(json, number, action, times);
      json.writeObjectFieldStart("properties");
      writeProperties(json, action);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory doesn't fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeEnvelope(JsonGenerator json, long number, SimulatedAction action, Times times)
      throws IOException {
    Visit visit = action.visit();
    Customer customer = visit.customer();
    boolean fullKit = hasFullKit(visit);
    json.writeStringField("event_id", "e" + number);
    json.writeStringField("type", action.step().action().type().wireName());
    json.writeStringField("tenant_id", settings.tenants().get(customer.tenant()));
    json.writeStringField(
        "app_id", appIds.get(customer.tenant() * settings.appsPerTenant() + visit.app()));
    writeTime(json, "event_time", times.eventMillis(), fullKit);
    if (fullKit) {
      json.writeNumberField("seq", number);
    }
    writeTime(json, "sent_at", times.sentMillis(), fullKit);
    writeTime(json, "received_at", times.receivedMillis(), fullKit);
    writeUnlessNull(json, "user_id", customer.userId());
    writeUnlessNull(json, "unionid", customer.unionid());
    writeUnlessNull(json, "openid", customer.openid(visit.app()));
    json.writeStringField("anonymous_id", customer.anonymousId());
    json.writeStringField("session_id", sessionId(action));
    json.writeStringField("platform", pick(PLATFORMS, RandomPurpose.PLATFORM, customer.number()));
    json.writeStringField("scene", pick(SCENES, RandomPurpose.SCENE, visit.number()));
  }

  private void writeProperties(JsonGenerator json, SimulatedAction action) throws IOException {
    Visit visit = action.visit();
    int item = action.step().item();
    switch (action.step().action()) {
      case VIEW, LEAVE -> writeBrowse(json, action);
      case CLICK -> writeClick(json, visit, item);
      case ADD -> writeCart(json, visit, "add", item, basket.quantity(visit.number(), item));
      case RAISE -> writeCart(json, visit, "set", item, basket.quantity(visit.number(), item) + 1);
      case REMOVE -> writeCart(json, visit, "remove", item, 0);
      case CLEAR -> writeCartHead(json, visit, "clear");
      case ORDER -> writePurchase(json, visit, "created");
      case PAY -> writePurchase(json, visit, "paid");
      case CLOSE -> writePurchase(json, visit, "closed");
      case COMPLETE -> writePurchase(json, visit, "completed");
      case REFUND_PART -> writeRefund(json, visit, basket.amountMinor(visit) / 3, false);
      case REFUND_ALL -> writeRefund(json, visit, basket.amountMinor(visit), true);
      case SHARE -> writeShare(json, visit, item);
      case IDENTIFY -> json.writeBooleanField("authenticated", true);
      case DESCRIBE -> writeProfile(json, visit.customer().number());
      case MESSAGE -> writeMessage(json, visit);
      case ERASE -> json.writeStringField("request_id", "erase-" + visit.number());
    }
  }

  private void writeBrowse(JsonGenerator json, SimulatedAction action) throws IOException {
    Visit visit = action.visit();
    int item = action.step().item();
    int product = basket.product(visit.number(), item);
    json.writeStringField("page", PRODUCT_PAGE);
    json.writeStringField("product_id", basket.productId(product));
    json.writeStringField("sku_id", basket.skuId(visit.number(), item));
    json.writeStringField("category_id", basket.categoryId(product));
    json.writeStringField("referrer", pick(REFERRERS, RandomPurpose.DETAIL, visit.number()));
    boolean leaves = action.step().action() == Step.Action.LEAVE;
    json.writeStringField("phase", leaves ? "leave" : "enter");
    if (leaves) {
      json.writeNumberField(
          "dwell_ms", 500 + random.below(MAX_DWELL_MILLIS, RandomPurpose.DETAIL, visit.number()));
    }
    json.writeStringField("visit_id", "w" + visit.number() + '-' + item);
  }

  private void writeClick(JsonGenerator json, Visit visit, int item) throws IOException {
    json.writeStringField("element_id", "buy-box");
    json.writeStringField("page", PRODUCT_PAGE);
    json.writeStringField("sku_id", basket.skuId(visit.number(), item));
    json.writeStringField("product_id", basket.productId(basket.product(visit.number(), item)));
    json.writeNumberField("position", item + 1);
  }

  private void writeCart(JsonGenerator json, Visit visit, String action, int item, long quantity)
      throws IOException {
    writeCartHead(json, visit, action);
    json.writeArrayFieldStart("lines");
    writeLine(json, visit, item, quantity);
    json.writeEndArray();
    json.writeStringField("currency", settings.currency());
  }

  private static void writeCartHead(JsonGenerator json, Visit visit, String action)
      throws IOException {
    json.writeStringField("action", action);
    writeUnlessNull(json, "cart_id", cartId(visit));
  }

  /** No quantity where it is 0: the whole line. */
  private void writeLine(JsonGenerator json, Visit visit, int item, long quantity)
      throws IOException {
    int product = basket.product(visit.number(), item);
    json.writeStartObject();
    json.writeStringField("sku_id", basket.skuId(visit.number(), item));
    json.writeStringField("product_id", basket.productId(product));
    json.writeStringField("category_id", basket.categoryId(product));
    if (quantity > 0) {
      json.writeNumberField("quantity", quantity);
    }
    json.writeNumberField("unit_price_minor", basket.priceMinor(product));
    json.writeEndObject();
  }

  private void writePurchase(JsonGenerator json, Visit visit, String status) throws IOException {
    json.writeStringField("order_id", orderId(visit));
    json.writeStringField("status", status);
    json.writeNumberField("amount_minor", basket.amountMinor(visit));
    json.writeStringField("currency", settings.currency());
    json.writeArrayFieldStart("lines");
    for (BasketItem item : visit.storyline().basket()) {
      writeLine(json, visit, item.item(), basket.quantity(visit.number(), item));
    }
    json.writeEndArray();
    writeUnlessNull(json, "cart_id", cartId(visit));
    if (basket.hasCoupon(visit.number())) {
      json.writeStringField("coupon_id", "spring-10");
    }
  }

  private static void writeRefund(JsonGenerator json, Visit visit, long amountMinor, boolean full)
      throws IOException {
    json.writeStringField("order_id", orderId(visit));
    json.writeStringField("refund_id", "r" + visit.number());
    json.writeNumberField("amount_minor", amountMinor);
    json.writeBooleanField("full", full);
  }

  private void writeShare(JsonGenerator json, Visit visit, int item) throws IOException {
    json.writeStringField("name", "share");
    json.writeObjectFieldStart("attributes");
    json.writeStringField("product_id", basket.productId(basket.product(visit.number(), item)));
    json.writeBooleanField("to_group", random.chance(0.5, RandomPurpose.DETAIL, visit.number()));
    json.writeEndObject();
  }

  /** The same whenever the customer tells it. */
  private void writeProfile(JsonGenerator json, long customer) throws IOException {
    int month = 1 + random.below(12, RandomPurpose.PROFILE, customer);
    int day = 1 + random.below(28, RandomPurpose.DETAIL, customer);
    json.writeStringField("birthday", twoDigits(month) + '-' + twoDigits(day));
    json.writeStringField("level", pick(LEVELS, RandomPurpose.PROFILE, customer));
    int percent = random.below(100, RandomPurpose.CONSENT, customer);
    if (percent < 85) {
      json.writeBooleanField("marketing_consent", percent >= 10);
    }
    json.writeStringField("city", pick(CITIES, RandomPurpose.PROFILE, customer));
  }

  private static void writeMessage(JsonGenerator json, Visit visit) throws IOException {
    json.writeStringField("trigger_id", Long.toHexString(SeededRandom.mix(visit.number() + 1)));
    json.writeStringField("status", "delivered");
  }

  private static boolean hasFullKit(Visit visit) {
    return visit.app() % 2 == 0;
  }

  private static String cartId(Visit visit) {
    return hasFullKit(visit) ? "c" + visit.number() : null;
  }

  private static String orderId(Visit visit) {
    return "o" + visit.number();
  }

  private static String sessionId(SimulatedAction action) {
    return "s" + action.visit().number() + '-' + action.session();
  }

  private String pick(List<String> values, RandomPurpose purpose, long id) {
    return values.get(random.below(values.size(), purpose, id));
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }

  private static void writeUnlessNull(JsonGenerator json, String name, String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeTime(JsonGenerator json, String name, long millis, boolean iso)
      throws IOException {
    if (iso) {
      json.writeStringField(name, ISO_TIME.format(Instant.ofEpochMilli(millis)));
    } else {
      json.writeNumberField(name, millis);
    }
  }

  /** By the clocks concerned, in milliseconds since 1970. */
  record Times(long eventMillis, long sentMillis, long receivedMillis) {}
}
