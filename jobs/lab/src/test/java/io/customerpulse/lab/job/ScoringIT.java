package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import io.customerpulse.schemas.RfmCutPointsRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the scores and stages of a running job outlive: restarts, another width, other settings. */
@Timeout(600)
class ScoringIT {
  private static final Instant DAY_1 = Instant.parse("2024-03-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static LocalBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void cutsGoOutAndComeBackAndAreUsedAnHourAfterMidnight(TestInfo test) throws Exception {
    try (JobUnderTest job = quintiles(test)) {
      job.start();
      buyOnTheFirstDay(job);
      passTime(job, DAY_1.plus(DAY).plusSeconds(120));
      assertThat(cuts(job)).isEqualTo(cutsOfTheFirstDay());
      job.awaitTaken(Topic.RFM_CUT_POINTS);
      assertThatTheSecondDayIsScored(job);
    }
  }

  @Test
  void cutsAreTheSameThroughRestartsAndMoreSubtasks(TestInfo test) throws Exception {
    try (JobUnderTest job = quintiles(test).inParallel(1)) {
      job.start();
      buyOnTheFirstDay(job);
      job.cancel();
      job.inParallel(3).restoreFromLatestCheckpoint();
      passTime(job, DAY_1.plus(DAY).plusSeconds(120));
      assertThat(cuts(job)).isEqualTo(cutsOfTheFirstDay());
      job.cancel();
      // Time stands still after a restore until the cuts that were committed are read.
      job.restoreFromLatestCheckpoint();
      assertThatTheSecondDayIsScored(job);
      assertThat(cuts(job)).hasSize(1);
    }
  }

  private JobUnderTest quintiles(TestInfo test) throws Exception {
    return JobUnderTest.on(broker, test, directory, "time: {clock: event, zone: UTC}");
  }

  /** Buyer n buys n times for 10n, n from 1 to 10. */
  private static void buyOnTheFirstDay(JobUnderTest job) throws Exception {
    int orders = 0;
    for (int n = 1; n <= 10; n++) {
      for (int i = 0; i < n; i++) {
        buy(job, "b" + n, DAY_1.plusSeconds(36_000 + 60L * ++orders), 10L * n);
      }
    }
    passTime(job, DAY_1.plusSeconds(72_000));
    // All of it is committed, and so in a checkpoint.
    assertThat(job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, orders)).hasSize(orders);
  }

  private static List<RfmCutPointsRecord> cutsOfTheFirstDay() {
    Instant midnight = DAY_1.plus(DAY);
    return List.of(
        new RfmCutPointsRecord(
            "default",
            "2024-03-02",
            midnight,
            midnight.plus(Duration.ofHours(1)),
            List.of(1, 1, 1, 1),
            List.of(2, 4, 6, 8),
            List.of(40L, 160L, 360L, 640L)));
  }

  private static List<RfmCutPointsRecord> cuts(JobUnderTest job) throws Exception {
    return job.read(Topic.RFM_CUT_POINTS, RfmCutPointsRecord.class, 1);
  }

  /** An order half an hour after midnight, another an hour later. */
  private static void assertThatTheSecondDayIsScored(JobUnderTest job) throws Exception {
    Instant midnight = DAY_1.plus(DAY);
    buy(job, "b5", midnight.plus(Duration.ofMinutes(30)), 10);
    passTime(job, midnight.plus(Duration.ofMinutes(40)));
    CustomerProfileRecord before = profileAfterOrders(job, 6);
    assertThat(before.getCutsVersion()).isNull();
    assertThat(before.getSegment()).isEqualTo("unscored");
    buy(job, "b5", midnight.plus(Duration.ofMinutes(90)), 10);
    passTime(job, midnight.plus(Duration.ofHours(3)));
    CustomerProfileRecord after = profileAfterOrders(job, 7);
    assertThat(after.getCutsVersion()).isEqualTo("2024-03-02");
    // No cut is below a recency of 0, three are below 7 orders, two below 270.
    assertThat(List.of(after.getRScore(), after.getFScore(), after.getMScore()))
        .containsExactly(5, 4, 3);
  }

  /** Of buyer 5, who buys for 50 on the first day and for 10 on the second. */
  private static CustomerProfileRecord profileAfterOrders(JobUnderTest job, int orders)
      throws Exception {
    long spent = 5 * 50 + (orders - 5) * 10L;
    Predicate<CustomerProfileRecord> wanted =
        profile -> profile.getOrders() == orders && profile.getNetSpendMinor() == spent;
    return job
        .readUntil(
            Topic.CUSTOMER_PROFILES,
            CustomerProfileRecord.class,
            found -> found.stream().anyMatch(wanted))
        .stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Three buyers in a rhythm of twelve days. By it they are at risk after 18 d and dormant after
   * 24; by fixed lengths after 30 d and 90.
   */
  @Test
  void aSavepointIsRestoredUnderAnotherPolicyAndBack(TestInfo test) throws Exception {
    String fixed = "time: {clock: event, zone: UTC}\nlifecycle: {policy: fixed}";
    String cadence = "time: {clock: event, zone: UTC}\nlifecycle: {policy: cadence}";
    Set<String> expected = new TreeSet<>();
    try (JobUnderTest job = JobUnderTest.on(broker, test, directory, fixed)) {
      job.start();
      for (int day : new int[] {0, 12, 24}) {
        for (int n = 1; n <= 3; n++) {
          Instant at = firstOrder(n).plus(DAY.multipliedBy(day));
          buy(job, "b" + n, at, 100);
          if (day < 24) {
            expected.add(at + (day == 0 ? " NEW" : " REPEAT"));
          }
        }
      }
      passTime(job, DAY_1.plus(DAY.multipliedBy(26)));
      awaitStages(job, expected);

      Path savepoint = job.stopWithSavepoint();
      job.under(cadence).startFrom(savepoint);
      for (int n = 1; n <= 3; n++) {
        expected.add(firstOrder(n).plus(DAY.multipliedBy(24 + 18)) + " AT_RISK");
        expected.add(firstOrder(n).plus(DAY.multipliedBy(24 + 24)) + " DORMANT");
      }
      passTime(job, DAY_1.plus(DAY.multipliedBy(51)));
      awaitStages(job, expected);
      for (int n = 1; n <= 3; n++) {
        Instant fourth = firstOrder(n).plus(DAY.multipliedBy(52));
        buy(job, "b" + n, fourth, 100);
        expected.add(fourth + " REPEAT");
      }
      passTime(job, DAY_1.plus(DAY.multipliedBy(54)));
      awaitStages(job, expected);

      savepoint = job.stopWithSavepoint();
      job.under(fixed).startFrom(savepoint);
      for (int n = 1; n <= 3; n++) {
        expected.add(firstOrder(n).plus(DAY.multipliedBy(52 + 30)) + " AT_RISK");
        expected.add(firstOrder(n).plus(DAY.multipliedBy(52 + 90)) + " DORMANT");
      }
      passTime(job, DAY_1.plus(DAY.multipliedBy(150)));
      awaitStages(job, expected);
    }
  }

  /** Not at full seconds. */
  private static Instant firstOrder(int buyer) {
    return DAY_1.plus(Duration.ofMinutes(613L * buyer)).plusMillis(7L * buyer);
  }

  /** Waits for as many stages of buyers, and looks at all of them. */
  private static void awaitStages(JobUnderTest job, Set<String> expected) throws Exception {
    List<LifecycleTransitionRecord> transitions =
        job.readUntil(
            Topic.LIFECYCLE_TRANSITIONS,
            LifecycleTransitionRecord.class,
            found -> stages(found).size() >= expected.size());
    assertThat(stages(transitions)).isEqualTo(expected);
  }

  private static Set<String> stages(List<LifecycleTransitionRecord> transitions) {
    return transitions.stream()
        .filter(transition -> !transition.getTo().toString().equals("PROSPECT"))
        .map(transition -> transition.getAt() + " " + transition.getTo())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void buy(JobUnderTest job, String who, Instant at, long amountMinor) {
    job.send(
        String.format(
            Locale.ROOT,
            """
        {"type":"purchase","app_id":"wx1","event_time":"%s","openid":"%s",
         "properties":{"order_id":"%s-%s","amount_minor":%d}}
        """,
            at,
            who,
            who,
            at,
            amountMinor));
  }

  /** Somebody who never buys, so that nobody else is touched by it, looks at a page. */
  private static void passTime(JobUnderTest job, Instant at) {
    job.sendToEveryPartition(
        String.format(
            Locale.ROOT,
            "{\"type\":\"browse\",\"app_id\":\"wx1\",\"event_time\":\"%s\",\"openid\":\"nobody\"}",
            at));
  }
}
