package io.customerpulse.domain.oracle;

import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.FilterInput;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Events, rules and settings for tests of one customer, with the defaults of the contract. */
public final class Given {
  public static final String TENANT = "acme";
  public static final String APP = "wx1";
  public static final CustomerKey CUSTOMER = new CustomerKey(TENANT, "c0ffee");
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  public static final Cuts CUTS =
      new Cuts(
          "thresholds",
          List.of(7, 30, 90, 180),
          List.of(2, 3, 5, 10),
          List.of(10_000L, 50_000L, 100_000L, 500_000L));

  private Given() {}

  public static BehaviorEvent event(String id, Instant at, Long seq, String app, Payload payload) {
    return new BehaviorEvent(
        id,
        typeOf(payload),
        TENANT,
        app,
        CUSTOMER.customerId(),
        at,
        at,
        seq,
        null,
        at,
        new Identifiers(null, null, null, null, "device"),
        null,
        "wechat",
        null,
        payload,
        List.of(),
        Map.of(),
        null);
  }

  /** An event whose id is its content: good where no two of a test are alike. */
  public static BehaviorEvent event(Instant at, Payload payload) {
    return event(at + " " + payload, at, null, APP, payload);
  }

  private static EventType typeOf(Payload payload) {
    String name = payload.getClass().getSimpleName();
    return payload instanceof Payload.CartChange ? EventType.CART : EventType.valueOf(upper(name));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  public static Payload view(String categoryId) {
    return new Payload.Browse("page", null, null, categoryId, null, null, null, null);
  }

  public static Payload click() {
    return new Payload.Click("button", null, null, null, null);
  }

  public static Payload cart(CartAction action, String cartId, Line... lines) {
    return new Payload.CartChange(action, cartId, List.of(lines), "CNY");
  }

  public static Line line(String skuId, Long quantity, Long unitPriceMinor) {
    return new Line(skuId, "product of " + skuId, "category of " + skuId, quantity, unitPriceMinor);
  }

  public static Payload.Purchase order(String orderId, OrderStatus status, long amountMinor) {
    return new Payload.Purchase(orderId, status, amountMinor, "CNY", List.of(), null, null);
  }

  public static Payload.Refund refund(
      String orderId, String refundId, long amountMinor, boolean full) {
    return new Payload.Refund(orderId, refundId, amountMinor, full);
  }

  public static Payload consent(Boolean marketingConsent) {
    return new Payload.Profile(null, null, null, null, marketingConsent, Map.of());
  }

  public static Payload erase() {
    return new Payload.Erase("request");
  }

  public static CartKey cartKey(String cartId) {
    return CartKey.of(APP, cartId);
  }

  public static Settings settings() {
    return settings(
        SHANGHAI,
        Duration.ofDays(365),
        lifecycle(Settings.Policy.FIXED),
        new Settings.Triggers(null, Duration.ofHours(24), Duration.ofDays(7), true));
  }

  public static Settings.Lifecycle lifecycle(Settings.Policy policy) {
    return new Settings.Lifecycle(
        policy,
        List.of(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
        5,
        new Settings.Cadence(
            20,
            Duration.ofDays(10),
            Duration.ofDays(90),
            List.of(new BigDecimal("1.5"), BigDecimal.valueOf(2), BigDecimal.valueOf(4))),
        List.of(0.5, 0.25, 0.05),
        List.of(Duration.ofDays(365), Duration.ofDays(730), Duration.ofDays(1095)),
        new MbgNbd(0.525, 6.183, 0.891, 1.614, Duration.ofDays(7)),
        Duration.ofDays(90));
  }

  public static Settings settings(
      ZoneId zone, Duration window, Settings.Lifecycle lifecycle, Settings.Triggers triggers) {
    return settings(zone, window, lifecycle, triggers, Settings.Scoring.THRESHOLDS);
  }

  public static Settings settings(
      ZoneId zone,
      Duration window,
      Settings.Lifecycle lifecycle,
      Settings.Triggers triggers,
      Settings.Scoring scoring) {
    return settings(zone, window, lifecycle, triggers, scoring, OrderScope.TENANT);
  }

  public static Settings settings(
      ZoneId zone,
      Duration window,
      Settings.Lifecycle lifecycle,
      Settings.Triggers triggers,
      Settings.Scoring scoring,
      OrderScope scope) {
    return new Settings(
        new Settings.Time(zone, Duration.ofMinutes(1), Duration.ofMinutes(5), Settings.Clock.EVENT),
        new Settings.Money(Currency.getInstance("CNY")),
        new Settings.Dedup(Duration.ofHours(24)),
        new Settings.Orders(scope),
        new Settings.Rfm(
            window,
            scoring,
            4,
            new Settings.Thresholds(CUTS.recencyDays(), CUTS.frequency(), CUTS.monetaryMinor()),
            SettingsReader.defaults().rfm().segmentNames()),
        lifecycle,
        triggers,
        new Settings.Identity("KEY", Set.of(), Set.of()),
        Map.of());
  }

  /** A cart rule without cooldown and quiet hours. */
  public static Rule cartRule(String id, Duration... steps) {
    return new RuleBuilder(id, Kinds.CART_ABANDONMENT).steps(List.of(steps)).build();
  }

  /** A reactivation rule without cooldown and quiet hours. */
  public static Rule reactivationRule(String id, Duration... steps) {
    return new RuleBuilder(id, Kinds.REACTIVATION).steps(List.of(steps)).build();
  }

  /** What a filter sees. */
  public static FilterInput filterInput(
      Map<String, Object> customer,
      Map<String, Object> cart,
      Map<String, Object> episode,
      Map<String, Object> event) {
    return new Seen(customer, cart, episode, event);
  }

  private record Seen(
      Map<String, Object> customer,
      Map<String, Object> cart,
      Map<String, Object> episode,
      Map<String, Object> event)
      implements FilterInput {}
}
