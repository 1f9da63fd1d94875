package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.oracle.RandomScenario;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.oracle.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * Whatever a decision leaves to the next one gets through storage: a customer whose state is
 * written and read between any two decisions is told the same of.
 */
class StoredCustomersPropertyTest {
  @Test
  void tellsTheSameAsFromMemory() {
    for (long seed : Seeds.of(getClass(), 150, 150)) {
      Scenario scenario = RandomScenario.of(seed);
      Run stored = new Run(scenario, StoredCustomersPropertyTest::writtenAndRead, true);
      assertThat(Told.of(stored.withRestarts(seed)).lines())
          .as("seed %d", seed)
          .isEqualTo(Told.of(Run.of(scenario).inSomeOrder(seed)).lines());
    }
  }

  private static CustomerState writtenAndRead(CustomerState state) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(256);
      CustomerStateSerializer.INSTANCE.serialize(state, out);
      return CustomerStateSerializer.INSTANCE.deserialize(
          new DataInputDeserializer(out.getCopyOfBuffer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
