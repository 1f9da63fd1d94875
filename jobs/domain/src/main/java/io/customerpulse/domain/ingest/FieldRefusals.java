package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.deadletter.PhoneMask;

/**
 * What is said of the fields of one object that can't be taken.
 *
 * @param path of the object, ending in a dot; empty for the record itself
 * @param wrongType the code of a value of the wrong JSON type
 */
record FieldRefusals(String path, DeadLetterCode wrongType) {
  private static final int MAX_SHOWN = 60;

  Refusal missing(String name) {
    return new Refusal(DeadLetterCode.MISSING_FIELD, path + name + " is missing");
  }

  Refusal bad(String name, String problem) {
    return new Refusal(DeadLetterCode.BAD_VALUE, path + name + ": " + problem);
  }

  /** Of a value that a form can't be read from. */
  Refusal unreadable(String name, JsonNode sent, Form<?> form) {
    if (form == Form.TIME && sent.isValueNode() && !sent.isBoolean()) {
      return bad(
          name,
          quote(sent.asText())
              + " is not an ISO-8601 time with an offset (2024-03-01T10:00:00+08:00),"
              + " nor a time in whole epoch milliseconds, in seconds or microseconds");
    }
    return new Refusal(
        wrongType, path + name + ": must be " + form.expected() + ", is " + Form.describe(sent));
  }

  /** A value as it was sent, without phone numbers, cut to what a message has room for. */
  static String quote(String text) {
    // Masked before it is cut, or else a cut phone would show most of itself.
    return '"' + shown(PhoneMask.maskNumbers(text)) + '"';
  }

  static String shown(String text) {
    String cut = Characters.cut(text, MAX_SHOWN);
    return cut.equals(text) ? text : cut + "…";
  }
}
