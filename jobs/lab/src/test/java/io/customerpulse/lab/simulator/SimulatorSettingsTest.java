package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(
            () ->
                SimulatorSettings.builder()
                    .customers(0)
                    .tenants(List.of("a b", "a b"))
                    .appsPerTenant(21)
                    .products(9)
                    .currency("yuan")
                    .start(Instant.EPOCH)
                    .interval(Duration.ZERO)
                    .stepGap(Duration.ZERO)
                    .jitter(Duration.ofSeconds(31))
                    .proportions(new Proportions(0.5, 0.5, -1, Double.NaN, 0, 2))
                    .oversizedBytes(-1)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "customers: 0 is not allowed; allowed: 1 to 1000000000",
            "tenants: [a b, a b]",
            "tenants: a b",
            "appsPerTenant: 21",
            "products: 9",
            "currency: yuan",
            "start: 1970-01-01T00:00:00Z",
            "interval: PT0S",
            "stepGap: PT0S",
            "jitter: PT31S",
            "proportions.skewed: -1.0",
            "proportions.broken: NaN",
            "proportions.erasures: 2.0",
            "oversizedBytes: -1");
  }

  @Test
  void moreTrafficThanPeopleMakeIsRefused() {
    assertThatThrownBy(
            () -> SimulatorSettings.builder().customers(999).interval(Duration.ofMillis(1)).build())
        .hasMessageContaining("customers: 999");
    assertThat(
            SimulatorSettings.builder()
                .customers(1_000)
                .interval(Duration.ofMillis(1))
                .build()
                .customers())
        .isEqualTo(1_000);
  }

  @Test
  void proportionsLeaveRoomForGoodRecords() {
    assertThatThrownBy(
            () ->
                SimulatorSettings.builder()
                    .proportions(new Proportions(0.5, 0.4, 0.1, 0, 0, 0))
                    .build())
        .hasMessageContaining("at most 0.9");
  }

  @Test
  void spansWeeksWithAnyNumberOfEvents() {
    assertThat(SimulatorSettings.spanning(Duration.ofDays(10), 86_400).interval())
        .isEqualTo(Duration.ofSeconds(10));
    assertThatThrownBy(() -> SimulatorSettings.spanning(Duration.ofDays(10), 0))
        .hasMessageContaining("events: 0");
  }

  @Test
  void aBuilderStartsWithTheSettingsItIsMadeOf() {
    SimulatorSettings settings = SimulatorSettings.builder().seed(9).customers(77).build();
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
  }
}
