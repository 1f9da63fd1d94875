package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.ParseResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Customers who are to be known before the traffic begins. */
class IntroductionsTest {
  private static final int CUSTOMERS = 500;
  private static final int EVENTS = 5_000;

  private final Intake intake = new Intake();
  private final Simulator simulator =
      new Simulator(
          SimulatorSettings.builder()
              .customers(CUSTOMERS)
              .proportions(SimulatorSettings.Proportions.flawless())
              .build());

  @Test
  void makeEverybodyKnownAsWhoTheyAreLater() {
    Map<String, String> introduced = new HashMap<>();
    for (long customer = 0; customer < CUSTOMERS; customer++) {
      SimulatedRecord record = simulator.introduction(customer);
      introduced.put(record.key(), read(record).customer().asText());
    }
    assertThat(introduced).hasSize(CUSTOMERS);
    assertThat(new HashSet<>(introduced.values())).hasSize(CUSTOMERS);
    simulator
        .events(0, EVENTS)
        .forEach(
            record ->
                assertThat(read(record).customer().asText())
                    .as("customer of %s", record.key())
                    .isEqualTo(introduced.get(record.key())));
  }

  @Test
  void comeOneAfterTheOtherBeforeAllElseAndAreNoDuplicates() {
    Set<String> ids = new HashSet<>();
    simulator.events(0, EVENTS).forEach(record -> ids.add(read(record).eventId()));
    SimulatedRecord before = null;
    for (long customer = 0; customer < CUSTOMERS; customer++) {
      SimulatedRecord record = simulator.introduction(customer);
      assertThat(ids.add(read(record).eventId())).isTrue();
      assertThat(read(record).eventTime()).isEqualTo(record.eventTime());
      if (before != null) {
        assertThat(record.eventTime()).isAfter(before.eventTime());
      }
      before = record;
    }
    assertThat(before.eventTime()).isBefore(simulator.time(0));
  }

  @Test
  void areOfCustomersThatThereAre() {
    assertThatThrownBy(() -> simulator.introduction(CUSTOMERS))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private BehaviorEvent read(SimulatedRecord record) {
    return ((ParseResult.Valid) intake.read(0, record)).event();
  }
}
