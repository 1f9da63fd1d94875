package io.customerpulse.domain.profile;

import io.customerpulse.domain.event.Payload.Profile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What customers told of themselves. Of two values of one fact the one told later stands, in
 * whatever order they arrive. At most {@value #ATTRIBUTE_LIMIT} attributes.
 */
public record SelfReported(
    LastWrite<String> birthday,
    LastWrite<String> zone,
    LastWrite<String> level,
    LastWrite<String> city,
    LastWrite<Boolean> marketingConsent,
    Map<String, LastWrite<Object>> attributes) {

  public static final int ATTRIBUTE_LIMIT = 50;
  public static final SelfReported NONE = new SelfReported(null, null, null, null, null, Map.of());

  /** A value and when it was told. */
  public record LastWrite<T>(T value, Instant at) {

    static <T> LastWrite<T> later(LastWrite<T> present, T value, Instant at) {
      return value == null || (present != null && present.at().isAfter(at))
          ? present
          : new LastWrite<>(value, at);
    }

    /** The value; null where nothing was told. */
    public static <T> T valueOf(LastWrite<T> told) {
      return told == null ? null : told.value();
    }
  }

  /**
   * What a profile event did to the facts.
   *
   * @param dropped attributes over the limit
   */
  public record Change(SelfReported next, int dropped) {}

  public Change with(Profile profile, Instant at) {
    Map<String, LastWrite<Object>> grown = new TreeMap<>(attributes);
    int dropped = 0;
    for (Map.Entry<String, Object> attribute : profile.attributes().entrySet()) {
      LastWrite<Object> present = grown.get(attribute.getKey());
      if (present == null && grown.size() >= ATTRIBUTE_LIMIT) {
        dropped++;
      } else {
        grown.put(attribute.getKey(), LastWrite.later(present, attribute.getValue(), at));
      }
    }
    SelfReported next =
        new SelfReported(
            LastWrite.later(birthday, profile.birthday(), at),
            LastWrite.later(zone, profile.zone(), at),
            LastWrite.later(level, profile.level(), at),
            LastWrite.later(city, profile.city(), at),
            LastWrite.later(marketingConsent, profile.marketingConsent(), at),
            Map.copyOf(grown));
    return new Change(next, dropped);
  }

  /** Whether the values are the same, whenever they were told. */
  public boolean saysSameAs(SelfReported other) {
    return values().equals(other.values()) && attributeValues().equals(other.attributeValues());
  }

  private List<Object> values() {
    return Arrays.asList(
        LastWrite.valueOf(birthday),
        LastWrite.valueOf(zone),
        LastWrite.valueOf(level),
        LastWrite.valueOf(city),
        LastWrite.valueOf(marketingConsent));
  }

  /** Attribute values by name, sorted. */
  public Map<String, Object> attributeValues() {
    Map<String, Object> values = new TreeMap<>();
    attributes.forEach((name, told) -> values.put(name, told.value()));
    return values;
  }
}
