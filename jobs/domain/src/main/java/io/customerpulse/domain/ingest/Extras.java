package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.deadletter.PhoneMask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that the contract doesn't know, and those whose value isn't allowed, as name → JSON text.
 * They never make a record fail: what is beyond the limits is left out, and that is noted.
 *
 * <p>Unknown properties stand under their own name, unknown fields of the envelope too unless a
 * property has it, and those of a line under {@code lines[0].name}.
 */
final class Extras {
  /** Fields of one event. */
  static final int MAX_FIELDS = 50;

  /** Characters of a name. */
  static final int MAX_NAME = 256;

  /** Characters of a value's JSON text. */
  static final int MAX_VALUE = 4_096;

  private final Repairs repairs;
  private Map<String, String> kept = Map.of();

  Extras(Repairs repairs) {
    this.repairs = repairs;
  }

  void addRest(String prefix, Fields fields) {
    for (Map.Entry<String, JsonNode> field : fields.rest()) {
      add(fields, prefix, field.getKey(), field.getValue());
    }
  }

  /** Adds a field as it was sent, to the content of the event too. */
  void add(Fields fields, String prefix, String field, JsonNode value) {
    String name = prefix + field;
    String key = PhoneMask.maskNumbers(name);
    JsonNode shown = OpenValues.withoutNumbers(name, value);
    boolean isHidden = !shown.equals(value);
    fields.record(field, value, isHidden);
    if (kept.size() >= MAX_FIELDS
        || Characters.isLongerThan(name, MAX_NAME)
        || Characters.isLongerThan(value.toString(), MAX_VALUE)
        || kept.containsKey(key)) {
      repairs.note(Repair.EXTRAS_CUT);
      return;
    }
    if (isHidden || !key.equals(name)) {
      repairs.note(Repair.PHONE_MASKED);
    }
    if (kept.isEmpty()) {
      kept = new LinkedHashMap<>();
    }
    kept.put(key, shown.toString());
  }

  Map<String, String> asMap() {
    return Collections.unmodifiableMap(kept);
  }
}
