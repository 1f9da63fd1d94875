package io.customerpulse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.simulator.SimulatedRecord.Kind;
import io.customerpulse.simulator.SimulatorSettings.Proportions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenRecordsTest {
  private static final int MANY = 4_000;
  private static final int OVERSIZED_BYTES = 20_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Simulator simulator =
      new Simulator(
          SimulatorSettings.builder()
              .proportions(new Proportions(0.05, 0, 0, 0.2, 0, 0))
              .oversizedBytes(OVERSIZED_BYTES)
              .build());

  @Test
  void eachIsBrokenAsItsCodeSays() {
    Map<DeadLetterCode, Long> counted = new EnumMap<>(DeadLetterCode.class);
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      if (simulated.kind() == Kind.BROKEN) {
        DeadLetterCode code = simulator.codeOfBroken(n);
        counted.merge(code, 1L, Long::sum);
        assertThat(simulated.value()).as("number %s", n).doesNotContain('\n');
        assertThat(isBroken(simulated.value(), code)).as("number %s is %s", n, code).isTrue();
      }
    }
    assertThat(TruthCounts.ofFirst(MANY, simulator).brokenByCode()).isEqualTo(counted);
    assertThat(counted)
        .containsOnlyKeys(
            DeadLetterCode.NOT_JSON,
            DeadLetterCode.INVALID_UTF8,
            DeadLetterCode.TOO_LARGE,
            DeadLetterCode.WRONG_SHAPE,
            DeadLetterCode.UNKNOWN_TYPE,
            DeadLetterCode.MISSING_FIELD,
            DeadLetterCode.BAD_VALUE,
            DeadLetterCode.NO_IDENTIFIER,
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
            DeadLetterCode.WRONG_CURRENCY);
  }

  @Test
  void nothingIsOversizedUnlessASizeIsSet() {
    SimulatorSettings settings = simulator.settings().toBuilder().oversizedBytes(0).build();
    assertThat(TruthCounts.ofFirst(MANY, new Simulator(settings)).brokenByCode())
        .isNotEmpty()
        .doesNotContainKey(DeadLetterCode.TOO_LARGE);
  }

  @Test
  void theCountsAddUp() {
    TruthCounts truth = TruthCounts.ofFirst(MANY, simulator);
    assertThat(truth.read()).isEqualTo(MANY);
    assertThat(truth.accepted() + truth.duplicates() + truth.rejected()).isEqualTo(MANY);
    assertThatThrownBy(() -> TruthCounts.ofFirst(-1, simulator))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static boolean isBroken(byte[] value, DeadLetterCode code) throws AssertionError {
    if (code == DeadLetterCode.INVALID_UTF8) {
      return !isUtf8(value);
    }
    assertThat(isUtf8(value)).isTrue();
    JsonNode event = parsed(value);
    if (code == DeadLetterCode.NOT_JSON || event == null) {
      return code == DeadLetterCode.NOT_JSON && event == null;
    }
    return switch (code) {
      case TOO_LARGE -> value.length > OVERSIZED_BYTES;
      case WRONG_SHAPE -> !event.isObject();
      case UNKNOWN_TYPE -> event.get("type").textValue().equals("teleport");
      case MISSING_FIELD ->
          !event.has("event_time")
              || !event.has("app_id")
              || (isPurchase(event) && !event.get("properties").has("amount_minor"));
      case BAD_VALUE ->
          event.get("event_time").asText().equals("yesterday")
              || event.get("properties").path("amount_minor").isTextual();
      case NO_IDENTIFIER ->
          !event.has("user_id")
              && !event.has("openid")
              && event.path("anonymous_id").asText("undefined").equals("undefined");
      case EVENT_TIME_OUT_OF_RANGE -> event.get("event_time").asText().startsWith("1970");
      case WRONG_CURRENCY ->
          isPurchase(event) && event.get("properties").get("currency").asText().equals("USD");
      default -> false;
    };
  }

  private static boolean isPurchase(JsonNode event) {
    return event.get("type").textValue().equals("purchase");
  }

  private static boolean isUtf8(byte[] value) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Null if it is no JSON. */
  private static JsonNode parsed(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (java.io.IOException e) {
      return null;
    }
  }
}
