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
public record Facts(
    Told<String> birthday,
    Told<String> zone,
    Told<String> level,
    Told<String> city,
    Told<Boolean> marketingConsent,
    Map<String, Told<Object>> attributes) {

  public static final int ATTRIBUTE_LIMIT = 50;
  public static final Facts NONE = new Facts(null, null, null, null, null, Map.of());

  /** A value and when it was told. */
  public record Told<T>(T value, Instant at) {

    static <T> Told<T> later(Told<T> present, T value, Instant at) {
      return value == null || (present != null && present.at().isAfter(at))
          ? present
          : new Told<>(value, at);
    }

    /** The value; null where nothing was told. */
    public static <T> T valueOf(Told<T> told) {
      return told == null ? null : told.value();
    }
  }

  /**
   * What a profile event did to the facts.
   *
   * @param dropped attributes over the limit
   */
  public record Change(Facts next, int dropped) {}

  public Change with(Profile profile, Instant at) {
    Map<String, Told<Object>> grown = new TreeMap<>(attributes);
    int dropped = 0;
    for (Map.Entry<String, Object> attribute : profile.attributes().entrySet()) {
      Told<Object> present = grown.get(attribute.getKey());
      if (present == null && grown.size() >= ATTRIBUTE_LIMIT) {
        dropped++;
      } else {
        grown.put(attribute.getKey(), Told.later(present, attribute.getValue(), at));
      }
    }
    Facts next =
        new Facts(
            Told.later(birthday, profile.birthday(), at),
            Told.later(zone, profile.zone(), at),
            Told.later(level, profile.level(), at),
            Told.later(city, profile.city(), at),
            Told.later(marketingConsent, profile.marketingConsent(), at),
            Map.copyOf(grown));
    return new Change(next, dropped);
  }

  /** Whether the values are the same, whenever they were told. */
  public boolean saysSameAs(Facts other) {
    return values().equals(other.values()) && attributeValues().equals(other.attributeValues());
  }

  private List<Object> values() {
    return Arrays.asList(
        Told.valueOf(birthday),
        Told.valueOf(zone),
        Told.valueOf(level),
        Told.valueOf(city),
        Told.valueOf(marketingConsent));
  }

  /** Attribute values by name, sorted. */
  public Map<String, Object> attributeValues() {
    Map<String, Object> values = new TreeMap<>();
    attributes.forEach((name, told) -> values.put(name, told.value()));
    return values;
  }
}
