package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that the contract doesn't know, as name → JSON text. They never make a record fail: what
 * is beyond the limits is left out, and that is noted.
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
      add(prefix + field.getKey(), field.getValue());
    }
  }

  private void add(String name, JsonNode value) {
    String text = value.toString();
    if (kept.size() >= MAX_FIELDS
        || name.length() > MAX_NAME
        || text.length() > MAX_VALUE
        || kept.containsKey(name)) {
      repairs.note(Repair.EXTRAS_CUT);
      return;
    }
    if (kept.isEmpty()) {
      kept = new LinkedHashMap<>();
    }
    kept.put(name, isPhone(name) && !value.isNull() ? hide() : repairs.maskPhones(text));
  }

  private static boolean isPhone(String name) {
    return name.equalsIgnoreCase("phone") || name.endsWith(".phone");
  }

  private String hide() {
    repairs.note(Repair.PHONE_MASKED);
    return "\"***\"";
  }

  Map<String, String> asMap() {
    return Collections.unmodifiableMap(kept);
  }
}
