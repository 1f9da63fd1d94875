package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.order.OrderScope;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Settings of how events are read: their times, money, retries, orders and identifiers. */
final class EventKeys {
  static final Key<ZoneId> ZONE =
      Key.of(
          "zone",
          ValueType.zone(),
          ZoneId.of("Asia/Shanghai"),
          "whose midnight ends a calendar day and whose evening is quiet",
          "an IANA zone");

  private static final Key<Duration> OUT_OF_ORDERNESS =
      BoundedKeys.duration(
          "out_of_orderness",
          Duration.ZERO,
          Duration.ofDays(1),
          Duration.ofMinutes(1),
          "how long an event may take to arrive before it is late. Longer: fewer late events,"
              + " triggers fire that much later");

  private static final Key<Duration> MAX_FUTURE =
      BoundedKeys.duration(
          "max_future",
          Duration.ZERO,
          Duration.ofDays(1),
          Duration.ofMinutes(5),
          "an event that claims to be later than its reception by more than this takes the time of"
              + " its reception");

  private static final Key<Settings.Clock> CLOCK =
      Key.choice(
          "clock",
          List.of(Settings.Clock.values()),
          Settings.Clock.WALL,
          "what decides whether a trigger is still worth sending: the wall clock, or event time"
              + " alone (replays, accelerated demonstrations)");

  static final Key<Currency> CURRENCY =
      Key.of(
          "currency",
          ValueType.currency(),
          Currency.getInstance("CNY"),
          "the one currency of a tenant; events in another are dead letters",
          "ISO 4217");

  private static final Key<Duration> DEDUP_WINDOW =
      BoundedKeys.duration(
          "window",
          Duration.ofMillis(1),
          Duration.ofDays(7),
          Duration.ofHours(24),
          "two events of one id are duplicates if their times by the device's clock are less than"
              + " this apart");

  private static final Key<OrderScope> ORDER_SCOPE =
      Key.choice(
          "scope",
          List.of(OrderScope.values()),
          OrderScope.TENANT,
          "within what an `order_id` means one order of a customer: the tenant, or the app, where"
              + " each app numbers its orders for itself. It acts from a restart on, and orders"
              + " that are known by then aren't recognised under another scope: choose it before"
              + " the first event, or build the state anew (`scripts/bootstrap`)");

  private static final Key<String> PII_KEY_ENV =
      Key.of(
          "pii_key_env",
          ValueType.text(
              "the name of an environment variable", Pattern.compile("[A-Za-z_][A-Za-z0-9_]*")),
          "CUSTOMER_PULSE_PII_KEY",
          "name of the environment variable with the key for phone hashes",
          "a variable's name");

  private static final Key<List<String>> JUNK =
      list(
              "junk",
              ValueType.text("a text", Pattern.compile(".{0,256}")),
              List.of(
                  "",
                  "0",
                  "-1",
                  "-",
                  "null",
                  "(null)",
                  "nil",
                  "none",
                  "nan",
                  "n/a",
                  "undefined",
                  "unknown",
                  "anonymous",
                  "guest",
                  "true",
                  "false",
                  "[object object]",
                  "00000000-0000-0000-0000-000000000000"),
              "identifier values that stand for nobody, in any case of letters, also within quotes."
                  + " What is named here adds to the default list. Nothing but zeros is nobody"
                  + " anyway",
              "a list of texts")
          .described("see `reference.yaml`", "a list of texts");

  private static final Key<Boolean> JUNK_REPLACE =
      Key.bool(
          "junk_replace",
          false,
          "whether `identity.junk` takes the place of the default list instead; without"
              + " `identity.junk` nothing but zeros is then junk");

  /** The default: zeros of databases, of .NET and Go, of spreadsheets, of a form, of Unix. */
  private static final Key<List<String>> JUNK_BIRTHDAYS =
      list(
          "junk_birthdays",
          ValueType.text("YYYY-MM-DD or MM-DD", Pattern.compile("(\\d{4}-)?\\d{2}-\\d{2}")),
          List.of("0000-00-00", "00-00", "0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01"),
          "birthdays that nobody told but software filled in: they are dropped, and noted. A day"
              + " without a year stands for what is sent as such, not for that day of every year:"
              + " who was really born on 1 January of another year, or sends `01-01`, keeps the"
              + " birthday",
          "a list of `YYYY-MM-DD`, `MM-DD`");

  static final SectionKeys TIME = SectionKeys.of("time", ZONE, OUT_OF_ORDERNESS, MAX_FUTURE, CLOCK);
  static final SectionKeys MONEY = SectionKeys.of("money", CURRENCY);
  static final SectionKeys DEDUP = SectionKeys.of("dedup", DEDUP_WINDOW);
  static final SectionKeys ORDERS = SectionKeys.of("orders", ORDER_SCOPE);
  static final SectionKeys IDENTITY =
      SectionKeys.of("identity", PII_KEY_ENV, JUNK, JUNK_REPLACE, JUNK_BIRTHDAYS);

  private EventKeys() {}

  static Settings.Time time(Section root) {
    Section section = TIME.in(root);
    Settings.Time time =
        new Settings.Time(
            ZONE.read(section),
            OUT_OF_ORDERNESS.read(section),
            MAX_FUTURE.read(section),
            CLOCK.read(section));
    section.refuseUnknownKeys();
    return time;
  }

  static Settings.Money money(Section root) {
    Section section = MONEY.in(root);
    Settings.Money money = new Settings.Money(CURRENCY.read(section));
    section.refuseUnknownKeys();
    return money;
  }

  static Settings.Dedup dedup(Section root) {
    Section section = DEDUP.in(root);
    Settings.Dedup dedup = new Settings.Dedup(DEDUP_WINDOW.read(section));
    section.refuseUnknownKeys();
    return dedup;
  }

  static Settings.Orders orders(Section root) {
    Section section = ORDERS.in(root);
    Settings.Orders orders = new Settings.Orders(ORDER_SCOPE.read(section));
    section.refuseUnknownKeys();
    return orders;
  }

  static Settings.Identity identity(Section root) {
    Section section = IDENTITY.in(root);
    Set<String> junk = new TreeSet<>(JUNK_REPLACE.read(section) ? List.of() : JUNK.fallback());
    for (String value : JUNK.or(List.of()).read(section)) {
      junk.add(value.toLowerCase(Locale.ROOT));
    }
    Settings.Identity identity =
        new Settings.Identity(
            PII_KEY_ENV.read(section),
            Collections.unmodifiableSet(junk),
            Collections.unmodifiableSet(new TreeSet<>(JUNK_BIRTHDAYS.read(section))));
    section.refuseUnknownKeys();
    return identity;
  }

  private static Key<List<String>> list(
      String name, ValueType<String> type, List<String> fallback, String meaning, String allowed) {
    return new Key<>(
        name,
        fallback,
        (section, key, otherwise) -> section.list(key, otherwise, type),
        meaning,
        Key.words(fallback),
        allowed);
  }
}
