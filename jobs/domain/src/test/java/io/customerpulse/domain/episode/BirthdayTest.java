package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.rule.QuietHours;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BirthdayTest {
  private static RuleBuilder rule() {
    return new RuleBuilder("birthday", Kinds.BIRTHDAY);
  }

  private static Payload born(String birthday) {
    return new Payload.Profile(birthday, null, null, null, null, Map.of());
  }

  @Test
  void comesEveryYearAtNineInTheTenantsZone() {
    Customer customer = new Customer(rule().build()).does("2024-03-01T12:00", born("05-20"));
    assertThat(customer.until("2026-06-01T00:00").triggers())
        .containsExactly(
            "FIRE birthday 1 2024-05-20T09:00",
            "FIRE birthday 1 2025-05-20T09:00",
            "FIRE birthday 1 2026-05-20T09:00");
  }

  @Test
  void theYearOfBirthDoesNotMatter() {
    Customer customer = new Customer(rule().build()).does("2024-03-01T12:00", born("1990-05-20"));
    assertThat(customer.until("2024-06-01T00:00").triggers())
        .containsExactly("FIRE birthday 1 2024-05-20T09:00");
  }

  @Test
  void isNoDayOffWestOfGreenwichAndAcrossChangesOfTheClock() {
    Settings given = Given.settings();
    for (String zone : List.of("America/Los_Angeles", "Pacific/Auckland", "Europe/London")) {
      Settings settings =
          Given.settings(
              ZoneId.of(zone), given.rfm().window(), given.lifecycle(), given.triggers());
      Customer customer =
          new Customer(settings, rule().build()).does("2024-01-10T12:00", born("03-31"));
      assertThat(customer.until("2028-01-01T00:00").news().triggers())
          .as(zone)
          .extracting(trigger -> trigger.firedAt().atZone(ZoneId.of(zone)).toLocalDateTime())
          .extracting(Object::toString)
          .containsExactly(
              "2024-03-31T09:00", "2025-03-31T09:00", "2026-03-31T09:00", "2027-03-31T09:00");
    }
  }

  @Test
  void whoWasBornOnALeapDayHasItOnThe28thInCommonYears() {
    Customer customer = new Customer(rule().build()).does("2024-02-01T12:00", born("02-29"));
    assertThat(customer.until("2028-12-01T00:00").triggers())
        .containsExactly(
            "FIRE birthday 1 2024-02-29T09:00",
            "FIRE birthday 1 2025-02-28T09:00",
            "FIRE birthday 1 2026-02-28T09:00",
            "FIRE birthday 1 2027-02-28T09:00",
            "FIRE birthday 1 2028-02-29T09:00");
  }

  @Test
  void comesOnceInAYearWhateverIsEdited() {
    Customer customer =
        new Customer(rule().build())
            .does("2024-03-01T12:00", born("05-20"))
            .does("2024-05-20T12:00", born("05-21"))
            .does("2024-05-21T12:00", born("05-22"))
            .does("2024-06-01T12:00", born("01-01"));
    assertThat(customer.until("2025-12-31T00:00").triggers())
        .containsExactly("FIRE birthday 1 2024-05-20T09:00");
    assertThat(customer.until("2026-02-01T00:00").triggers())
        .containsExactly("FIRE birthday 1 2026-01-01T09:00");
  }

  @Test
  void learntAfterTheStepsTimeDoesNotFire() {
    Customer early = new Customer(rule().build()).does("2024-05-20T09:00", born("05-20"));
    assertThat(early.triggers()).containsExactly("FIRE birthday 1 2024-05-20T09:00");

    Customer late = new Customer(rule().build()).does("2024-05-20T09:01", born("05-20"));
    assertThat(late.until("2024-06-01T00:00").news())
        .satisfies(told -> assertThat(told.triggers()).isEmpty())
        .satisfies(told -> assertThat(told.outcomes()).isEmpty());
    assertThat(late.until("2025-06-01T00:00").triggers())
        .containsExactly("FIRE birthday 1 2025-05-20T09:00");
  }

  @Test
  void aBirthdayToldInTimeButLearntLateDoesNotFire() {
    Customer customer =
        new Customer(rule().build())
            .does("2024-05-20T10:00", click())
            .didLate("2024-05-20T08:00", born("05-20"));
    assertThat(customer.until("2024-06-01T00:00").triggers()).isEmpty();
  }

  @Test
  void laterStepsOfTheDayStillComeWhenItIsLearntBetweenThem() {
    Customer customer =
        new Customer(
                rule()
                    .at(LocalTime.of(8, 0))
                    .steps(List.of(Duration.ZERO, Duration.ofHours(10)))
                    .build())
            .does("2024-05-20T12:00", born("05-20"));
    assertThat(customer.until("2024-06-01T00:00").news())
        .satisfies(
            told ->
                assertThat(told.triggers())
                    .extracting(Customer::line)
                    .containsExactly("FIRE birthday 2 2024-05-20T18:00"))
        .satisfies(told -> assertThat(told.outcomes()).isEmpty());
  }

  @Test
  void endsWithTheDay() {
    Customer customer =
        new Customer(
                rule()
                    .at(LocalTime.of(23, 0))
                    .quietHours(new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0)))
                    .build())
            .does("2024-05-01T12:00", born("05-20"));
    assertThat(customer.until("2024-06-01T00:00").triggers()).isEmpty();
  }
}
