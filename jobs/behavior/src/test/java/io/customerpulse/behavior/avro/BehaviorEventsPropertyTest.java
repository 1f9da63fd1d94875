package io.customerpulse.behavior.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BehaviorEventsPropertyTest {
  private static final List<Long> SEEDS = Seeds.of(BehaviorEventsPropertyTest.class, 100, 100);

  private final AvroEncoding<BehaviorEventRecord> encoding =
      new AvroEncoding<>(BehaviorEventRecord.class);

  @ParameterizedTest
  @EnumSource
  void comesBackAsItWas(EventType type) {
    for (long seed : SEEDS) {
      BehaviorEvent event = new RandomEvents(seed).next(type);
      byte[] value = encoding.encode(BehaviorEvents.toAvro(event));
      assertThat(BehaviorEvents.fromAvro(encoding.decode(value)))
          .as("seed %d", seed)
          .isEqualTo(event);
      BehaviorEvent again = new RandomEvents(seed).next(type);
      assertThat(encoding.encode(BehaviorEvents.toAvro(again)))
          .as("seed %d", seed)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOneLineOfJsonThatSaysTheSame(EventType type) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonRendering rendering = new JsonRendering();
    int extras = 0;
    for (long seed : SEEDS) {
      BehaviorEvent event = new RandomEvents(seed).next(type);
      String line = rendering.line(BehaviorEvents.toAvro(event));
      assertThat(line).as("seed %d", seed).doesNotContain("\n", "\r");
      JsonNode json = mapper.readTree(line);
      assertThat(json.get("event_id").textValue()).as("seed %d", seed).isEqualTo(event.eventId());
      assertThat(Instant.parse(json.get("event_time").textValue()))
          .as("seed %d", seed)
          .isEqualTo(event.eventTime());
      for (var extra : event.extras().entrySet()) {
        assertThat(json.get("extras").get(extra.getKey()))
            .as("seed %d", seed)
            .isEqualTo(mapper.readTree(extra.getValue()));
        extras++;
      }
    }
    assertThat(extras).as("extras of %d events", SEEDS.size()).isPositive();
  }

  @Test
  void refusesATypeThatOnlyANewerReleaseKnows() {
    BehaviorEventRecord event =
        BehaviorEventRecord.newBuilder(
                BehaviorEvents.toAvro(new RandomEvents(1).next(EventType.ERASE)))
            .setType("teleport")
            .build();
    assertThatThrownBy(() -> BehaviorEvents.fromAvro(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teleport");
  }
}
