package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.Durations;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import java.time.Duration;
import java.util.Map;

/** Reads a cap, of a rule or of all of them. */
public final class CapReader {
  /** What is allowed, in the words of the reference. */
  public static final String ALLOWED =
      "`none`, `{count: 1…"
          + Cap.MAX_COUNT
          + ", per: 1s…"
          + Durations.format(Cap.MAX_PER)
          + ", count_failed: true}`";

  private static final ValueType<Integer> COUNT = ValueType.integer(1, Cap.MAX_COUNT);
  private static final ValueType<Duration> PER =
      ValueType.duration(Duration.ofSeconds(1), Cap.MAX_PER);
  private static final ValueType<String> NONE =
      new ValueType<>(
          "none, or a cap such as {count: 3, per: 7d}",
          ValueType.choice(Map.of("none", "none")).parser());

  private CapReader() {}

  /** The cap at a key; the fallback if the key is absent; null for none. */
  public static Cap read(Section section, String key, Cap fallback) {
    if (!section.has(key)) {
      return fallback;
    }
    if (section.hasScalar(key)) {
      section.value(key, null, NONE);
      return null;
    }
    Section cap = section.section(key);
    Integer count = cap.required("count", COUNT);
    Duration per = cap.required("per", PER);
    boolean countFailed = cap.value("count_failed", true, ValueType.bool());
    cap.refuseUnknownKeys();
    return count == null || per == null ? fallback : new Cap(count, per, countFailed);
  }
}
