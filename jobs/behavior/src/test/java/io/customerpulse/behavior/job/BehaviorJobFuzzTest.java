package io.customerpulse.behavior.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.ingest.TrackingRecordReader;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.RunCounters;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.PhoneHasher;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.runtime.environment.JobEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

/**
 * Whatever a device sends, the job answers with an event or a dead letter and never fails. Half a
 * million records of each seed, because what breaks a reader is rare.
 */
class BehaviorJobFuzzTest {
  private static final int RECORDS = 500_000;
  private static final Instant START = Instant.parse("2024-03-01T02:00:00Z");
  private static final Duration BETWEEN = Duration.ofMillis(10);
  private static final Settings SETTINGS = SettingsReader.defaults();
  private static final RuleSet RULES = RuleReader.read(Path.of("../../config/rules"));

  @Test
  void mutatedRecordsAreEachAccountedForAndFailNothing() {
    Seeds.tryEach(getClass(), 1, 1, BehaviorJobFuzzTest::run);
  }

  private static void run(long seed) throws Exception {
    Configuration configuration = JobEnvironment.onLoopback(JobEnvironment.bounded());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    BehaviorPipeline.connect(
        Sources.of(
            env.fromSequence(0, RECORDS - 1)
                .setParallelism(1)
                .map(new ReadMutated(seed))
                .returns(Types.PARSE_RESULT)
                .assignTimestampsAndWatermarks(
                    WatermarkStrategy.<ParseResult>forBoundedOutOfOrderness(Duration.ofMinutes(1))
                        .withTimestampAssigner(
                            (reading, none) ->
                                TrackingRecordReader.eventTime().eventTimeMillis(reading)))),
        outputs -> outputs.union().sinkTo(new DiscardingSink<>()),
        SETTINGS,
        RULES,
        RunMode.boundedAt(START.plus(Duration.ofDays(1))));

    RunCounters counts = new RunCounters(env.execute().getAllAccumulatorResults());

    assertThat(counts.of(Metric.READ)).isEqualTo(RECORDS);
    assertThat(
            counts.of(Metric.ACCEPTED)
                + counts.of(Metric.DUPLICATES)
                + counts.total(Metric.REJECTED))
        .isEqualTo(RECORDS);
    assertThat(counts.of(Metric.ACCEPTED)).isGreaterThan(RECORDS / 20);
    assertThat(counts.byLabels(Metric.REJECTED).keySet())
        .contains(
            DeadLetterCode.NOT_JSON.wireName(),
            DeadLetterCode.INVALID_UTF8.wireName(),
            DeadLetterCode.WRONG_SHAPE.wireName(),
            DeadLetterCode.UNKNOWN_TYPE.wireName(),
            DeadLetterCode.MISSING_FIELD.wireName(),
            DeadLetterCode.BAD_VALUE.wireName(),
            DeadLetterCode.NO_IDENTIFIER.wireName(),
            DeadLetterCode.EVENT_TIME_OUT_OF_RANGE.wireName(),
            DeadLetterCode.WRONG_CURRENCY.wireName());
  }

  /** The number of a record → what it parses into. */
  private static final class ReadMutated extends RichMapFunction<Long, ParseResult> {
    private static final long TEAR_APART = 0x9E3779B97F4A7C15L;

    private final long seed;
    private transient TrackingEventReader reader;

    ReadMutated(long seed) {
      this.seed = seed;
    }

    @Override
    public void open(OpenContext context) {
      byte[] key = "a key of thirty-two bytes, no less".getBytes(StandardCharsets.UTF_8);
      reader = new TrackingEventReader(SETTINGS, Optional.of(new PhoneHasher(key)));
    }

    @Override
    public ParseResult map(Long number) {
      // Neighbouring seeds begin alike, so they are torn apart.
      Random random = new Random((seed * RECORDS + number) * TEAR_APART);
      Instant at = START.plus(BETWEEN.multipliedBy(number));
      Instant received = at.plusSeconds(3);
      byte[] record = MutatedRecords.next(random, at);
      try {
        ParseResult parsed = reader.read(new Origin("fuzz", number), record, received);
        if (parsed instanceof ParseResult.Valid valid) {
          check(valid.event(), received);
        }
        return parsed;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed " + seed + ", record " + number + ": " + Arrays.toString(record), e);
      }
    }

    private static void check(BehaviorEvent event, Instant received) {
      if (event.eventTime().isBefore(Instant.parse("1990-01-01T00:00:00Z"))
          || event.eventTime().isAfter(received.plus(Duration.ofMinutes(5)))
          || !event.eventTime().equals(event.eventTime().truncatedTo(ChronoUnit.MILLIS))
          || event.identifiers().isEmpty()
          || event.eventId().isEmpty()) {
        throw new AssertionError(event);
      }
    }
  }
}
