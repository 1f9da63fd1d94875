package io.customerpulse.history.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.history.replay.CleanEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderHistoriesTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final List<String> events = new ArrayList<>();
  private final List<String> redirects = new ArrayList<>();
  private String config = "";

  /** In days. */
  private record History(int repeats, double recency, double age) {}

  private void order(String customer, String at, String id, String status) {
    event(
        "purchase",
        customer,
        at,
        String.format(Locale.ROOT, "\"order_id\":\"%s\",\"status\":\"%s\"", id, status));
  }

  private void order(String customer, String at) {
    order(customer, at, "o-" + customer + at, "paid");
  }

  private void event(String type, String customer, String at, String properties) {
    Instant time = OffsetDateTime.parse(at).toInstant();
    events.add(
        String.format(
            Locale.ROOT,
            "{\"type\":\"%s\",\"tenant_id\":\"t\",\"customer_id\":\"%s\",\"event_time\":\"%s\","
                + "\"app_id\":\"wx1\",\"properties\":{\"amount_minor\":100,%s}}",
            type,
            customer,
            time,
            properties));
  }

  private Buyers buyers(String asOf) throws IOException {
    DeploymentSettings settings =
        new DeploymentSettingsReader(variable -> null).read("test", config);
    CleanEvents clean =
        new CleanEvents(
            Files.write(folder.resolve("events"), events),
            Files.write(folder.resolve("redirects"), redirects),
            OffsetDateTime.parse(asOf).toInstant());
    return new OrderHistories(clean, settings.domain(), folder, read -> {}).read();
  }

  private List<History> histories(String asOf) throws IOException {
    List<History> histories = new ArrayList<>();
    buyers(asOf)
        .sample(DAY)
        .sumOverHistories(
            (repeats, recency, age) -> {
              histories.add(new History(repeats, recency, age));
              return 0;
            });
    return histories;
  }

  @Test
  void ordersOfADayAreOneAndTimeIsElapsedFromTheFirstOfThem() throws IOException {
    order("a", "2024-03-01T10:00:00+08:00");
    order("a", "2024-03-01T21:00:00+08:00");
    order("a", "2024-03-04T15:00:00+08:00");
    order("a", "2024-03-04T16:00:00+08:00");

    History history = histories("2024-03-05T10:00:00+08:00").get(0);
    assertThat(history.repeats()).isEqualTo(1);
    assertThat(history.recency()).isCloseTo(3 + 5.0 / 24, within(1e-12));
    assertThat(history.age()).isEqualTo(4);
  }

  @Test
  void countsWhatCountsEverywhere() throws IOException {
    order("a", "2024-03-01T10:00:00+08:00", "o1", "paid");
    order("a", "2024-03-02T10:00:00+08:00", "o1", "completed");
    order("a", "2024-03-03T10:00:00+08:00", "o2", "created");
    order("a", "2024-03-04T10:00:00+08:00", "o3", "paid");
    event(
        "refund",
        "a",
        "2024-03-05T10:00:00+08:00",
        "\"order_id\":\"o3\",\"refund_id\":\"r\",\"full\":true");
    order("b", "2024-03-01T10:00:00+08:00", "o4", "paid");
    event("erase", "b", "2024-03-02T10:00:00+08:00", "\"request_id\":\"r\"");
    order("c", "2024-03-01T10:00:00+08:00", "o5", "created");
    event("click", "d", "2024-03-01T10:00:00+08:00", "\"element_id\":\"e\"");

    assertThat(histories("2024-03-09T10:00:00+08:00")).containsExactly(new History(0, 0, 8));
  }

  @Test
  void followsCustomersToWhomTheyHaveBecome() throws IOException {
    order("anonymous", "2024-03-01T10:00:00+08:00");
    order("openid", "2024-03-03T10:00:00+08:00");
    order("user", "2024-03-02T10:00:00+08:00");
    redirects.add(
        "{\"tenant_id\":\"t\",\"old_customer_id\":\"anonymous\",\"new_customer_id\":\"openid\"}");
    redirects.add(
        "{\"tenant_id\":\"t\",\"old_customer_id\":\"openid\",\"new_customer_id\":\"user\"}");

    assertThat(histories("2024-03-09T10:00:00+08:00")).containsExactly(new History(2, 2, 8));
  }

  /** In New York, over the change to summer time: an elapsed day may have 23 hours. */
  @Test
  void aLogOfDaysIsCountedInDaysWhateverTimeOfTheLastDayIsSaid() throws IOException {
    config = "time: {zone: America/New_York}";
    order("a", "2024-03-01T00:00:00-05:00");
    order("a", "2024-03-11T00:00:00-04:00");
    order("b", "2024-03-11T00:00:07-04:00");
    for (String asOf :
        List.of(
            "2024-03-31T00:00:00-04:00",
            "2024-03-31T12:00:00-04:00",
            "2024-03-31T23:59:59-04:00")) {
      assertThat(buyers(asOf).areByDay()).isTrue();
      assertThat(histories(asOf))
          .as(asOf)
          .containsExactlyInAnyOrder(new History(1, 10, 30), new History(0, 0, 20));
    }
  }

  /** Midnight in UTC is eight in the morning in Shanghai: so a day lasts from eight to eight. */
  @Test
  void aLogOfDaysMayBeWrittenInAnotherZone() throws IOException {
    order("a", "2024-03-01T00:00:00Z");
    order("a", "2024-03-11T00:00:00Z");
    for (String asOf : List.of("2024-03-31T00:00:00Z", "2024-03-31T23:59:59.999Z")) {
      assertThat(histories(asOf)).as(asOf).containsExactly(new History(1, 10, 30));
    }
  }

  @Test
  void aLogOfTimesIsNoLogOfDays() throws IOException {
    order("a", "2024-03-01T09:00:00+08:00");
    order("b", "2024-03-01T10:00:01+08:00");
    assertThat(buyers("2024-03-31T00:00:00+08:00").areByDay()).isFalse();
  }
}
