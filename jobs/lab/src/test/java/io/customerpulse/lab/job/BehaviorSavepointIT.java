package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.kafka.ReleasedSavepoints;
import io.customerpulse.schemas.BehaviorEventRecord;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.MarketingTriggerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The behaviour job goes on from savepoints that releases have written between real topics,
 * narrower and wider: where they stopped in Kafka, and with the carts that they knew.
 */
@Timeout(240)
class BehaviorSavepointIT {
  private static final String JOB = "behavior";
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");

  static Stream<Arguments> savepoints() throws IOException {
    return ReleasedSavepoints.narrowerAndWider(JOB);
  }

  @BeforeAll
  static void writeThoseOfThisRelease(@TempDir Path folder) throws Exception {
    if (ReleasedSavepoints.areToBeWritten()) {
      try (LocalBroker broker = LocalBroker.start();
          JobUnderTest job = on(broker, folder)) {
        job.inParallel(ReleasedSavepoints.PARALLELISM).start(ReleasedSavepoints.inOneFile());
        job.sendToEveryPartition(
            String.format(
                Locale.ROOT,
                """
            {"type":"cart","event_id":"e1","app_id":"a","event_time":"%s","openid":"oA","properties":
             {"action":"add","lines":[{"sku_id":"K1","quantity":2,"unit_price_minor":1990}]}}""",
                AT));
        job.sendToEveryPartition(somebodyElseAt(AT.plus(Duration.ofMinutes(30))));
        job.read(Topic.BEHAVIOR_EVENTS, BehaviorEventRecord.class, 1);
        ReleasedSavepoints.keep(job.stopWithSavepoint(), JOB);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void theJobGoesOnWhereItStoppedWithWhatItKnew(
      Path savepoint, int parallelism, @TempDir Path folder) throws Exception {
    try (LocalBroker broker = LocalBroker.start();
        JobUnderTest job = on(broker, folder)) {
      // These have the places of those that were read, and would show if they were read again.
      job.sendToEveryPartition("read again");
      job.sendToEveryPartition("read again");
      job.inParallel(parallelism).startFrom(savepoint.toAbsolutePath());
      job.sendToEveryPartition("read on");
      job.sendToEveryPartition(somebodyElseAt(AT.plus(Duration.ofHours(3))));

      assertThat(job.read(Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class, 1))
          .extracting(trigger -> trigger.getAction() + " at " + trigger.getDueAt())
          .as("for the cart that only the savepoint knows")
          .containsExactly("FIRE at " + AT.plus(Duration.ofHours(1)));
      assertThat(job.readAll(Topic.DEAD_LETTERS, DeadLetterRecord.class))
          .as("one from each partition")
          .hasSize(2)
          .allMatch(letter -> letter.getPosition() == 2);
    }
  }

  private static String somebodyElseAt(Instant at) {
    return String.format(
        Locale.ROOT,
        """
    {"type":"browse","app_id":"a","event_time":"%s","openid":"oB","properties":{}}""",
        at);
  }

  private static JobUnderTest on(LocalBroker broker, Path folder) throws Exception {
    return JobUnderTest.on(broker, "released", folder, "time: {clock: event}").with(rules(folder));
  }

  private static RuleSet rules(Path folder) throws IOException {
    return RuleReader.read(
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - {id: cart, version: 1, kind: cart_abandonment, steps: [1h], valid_for: 12h}
            """));
  }
}
