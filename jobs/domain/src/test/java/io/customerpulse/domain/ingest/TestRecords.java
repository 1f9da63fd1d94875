package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.settings.Settings;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records, and a reader with the default settings for them. */
final class TestRecords {
  static final byte[] PHONE_KEY =
      "a key of thirty-two bytes, no less".getBytes(StandardCharsets.UTF_8);

  static final Origin ORIGIN = new Origin("tracking-events-0", 7);

  private TestRecords() {}

  static TrackingEventReader reader() {
    return reader(Optional.of(new PhoneHasher(PHONE_KEY)));
  }

  static TrackingEventReader readerWithoutKey() {
    return reader(Optional.empty());
  }

  static TrackingEventReader reader(Optional<PhoneHasher> phoneHasher) {
    return new TrackingEventReader(settings(), phoneHasher);
  }

  static ParseResult parsed(TrackingEventReader reader, String record, Instant receivedAt) {
    return reader.read(ORIGIN, record.getBytes(StandardCharsets.UTF_8), receivedAt);
  }

  /** JSON with single quotes for double ones. */
  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  static BehaviorEvent taken(ParseResult result) {
    if (result instanceof ParseResult.Valid valid) {
      return valid.event();
    }
    throw new AssertionError("Refused: " + result);
  }

  static DeadLetter refused(ParseResult result) {
    if (result instanceof ParseResult.Invalid invalid) {
      return invalid.deadLetter();
    }
    throw new AssertionError("Taken: " + result);
  }

  /** What stands in a record's components however deep, but for where it was read. */
  static List<String> texts(Record of) {
    List<String> texts = new ArrayList<>();
    collect(of, texts);
    return texts;
  }

  private static void collect(Object value, List<String> texts) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        collect(component(record, component), texts);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> collect(List.of(key, each), texts));
    } else if (value instanceof Collection<?> all) {
      all.forEach(each -> collect(each, texts));
    } else if (value != null && !(value instanceof Origin)) {
      texts.add(value.toString());
    }
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }

  private static Settings settings() {
    return new Settings(
        new Settings.Time(
            ZoneId.of("Asia/Shanghai"),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Settings.Clock.EVENT),
        new Settings.Money(Currency.getInstance("CNY")),
        new Settings.Dedup(Duration.ofHours(24)),
        null,
        null,
        null,
        null,
        new Settings.Identity(
            "CUSTOMER_PULSE_PII_KEY",
            Set.of("", "null", "undefined", "0", "unknown", "NaN", "guest", "true"),
            Set.of("0000-00-00", "1970-01-01")),
        Map.of(
            "london",
            new Settings.Tenant(ZoneId.of("Europe/London"), Currency.getInstance("GBP"))));
  }

  static Instant at(String time) {
    return Instant.parse(time);
  }
}
