package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Key;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rule waits for: its kind, with what is set of this kind alone.
 *
 * @param values of the kind's keys, by their names; without those that nothing is said of
 */
public record TriggerCondition(TriggerKind kind, Map<String, Object> values)
    implements Serializable {

  /** In the order of the names, so that equal conditions are the same text. */
  public TriggerCondition {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** A condition of which nothing is said. */
  public static TriggerCondition of(TriggerKind kind) {
    Map<String, Object> values = new TreeMap<>();
    for (Key<?> key : kind.keys()) {
      values.put(key.name(), key.fallback());
    }
    return new TriggerCondition(kind, values);
  }

  /** The same condition with a value for a key. */
  public <T> TriggerCondition with(Key<T> key, T value) {
    Map<String, Object> next = new TreeMap<>(values);
    next.put(key.name(), value);
    return new TriggerCondition(kind, next);
  }

  /** The value of one of the kind's keys. */
  @SuppressWarnings("unchecked")
  public <T> T get(Key<T> key) {
    return (T) values.get(key.name());
  }
}
