package io.customerpulse.lab.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A record's JSON as a test reads it. */
final class Parsed {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private Parsed() {}

  static JsonNode of(SimulatedRecord simulated) {
    try {
      return JSON.readTree(simulated.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant time(JsonNode value) {
    return value.isNumber()
        ? Instant.ofEpochMilli(value.longValue())
        : OffsetDateTime.parse(value.textValue()).toInstant();
  }
}
