package io.customerpulse.behavior.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.PopulationEffect;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.runtime.keyedlogic.Decision;
import io.customerpulse.runtime.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Moves of many customers, added up by as many subtasks as there happen to be: however wide the job
 * runs and wherever it is stopped, restored and made wider or narrower, the cuts are the same.
 */
class PopulationRestartTest {
  private static final Settings SETTINGS = SettingsReader.defaults();
  private static final CutSchedules SCHEDULES =
      new CutSchedules(SETTINGS, RunMode.unbounded(SETTINGS, WallClock.system()));
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final int CUSTOMERS = 60;
  private static final int STEPS = 300;

  static List<Long> seeds() {
    return Seeds.of(PopulationRestartTest.class, 4, 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cutsDependNeitherOnTheNumberOfSubtasksNorOnRestarts(long seed) throws Exception {
    List<CutPoints> expected = new Job(seed, 1, false).run();
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(new Job(seed, 4, false).run()).as("seed %d", seed).isEqualTo(expected);
    assertThat(new Job(seed, 3, true).run()).as("seed %d", seed).isEqualTo(expected);
  }

  private static final class Job {
    private final Random events;
    private final Random accidents;
    private final boolean restarting;
    private final PopulationLogic population = new PopulationLogic(SCHEDULES);
    private final RfmPosition[] standings = new RfmPosition[CUSTOMERS];
    private final List<CutPoints> taken = new ArrayList<>();
    private List<OneInputStreamOperatorTestHarness<PositionChange, HistogramDelta>> subtasks;
    private long[] watermarks;
    private PopulationState state;
    private Instant wakeAt;
    private long passedMillis = Long.MIN_VALUE;

    Job(long seed, int subtasks, boolean restarting) throws Exception {
      this.events = new Random(seed);
      this.accidents = new Random(~seed);
      this.restarting = restarting;
      start(subtasks);
    }

    private void start(int parallelism) throws Exception {
      subtasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        var harness =
            new OneInputStreamOperatorTestHarness<>(
                new LocalPreAggregationOperator.Factory(SCHEDULES));
        harness.setup(Types.HISTOGRAM_DELTA.createSerializer(new SerializerConfigImpl()));
        harness.open();
        subtasks.add(harness);
      }
      watermarks = new long[parallelism];
      Arrays.fill(watermarks, passedMillis);
    }

    List<CutPoints> run() throws Exception {
      Instant now = START;
      for (int step = 0; step < STEPS; step++) {
        now = now.plus(Duration.ofMinutes(events.nextInt(300)));
        move(events.nextInt(CUSTOMERS), now);
        if (events.nextInt(3) == 0) {
          pass(now);
        }
        if (restarting && accidents.nextInt(20) == 0) {
          restart();
        }
      }
      pass(now.plus(Duration.ofDays(2)));
      for (var subtask : subtasks) {
        subtask.close();
      }
      return taken;
    }

    private void move(int customer, Instant at) throws Exception {
      RfmPosition from = standings[customer];
      standings[customer] =
          from != null && events.nextInt(5) == 0
              ? null
              : RfmPosition.of(
                  at.getEpochSecond() / 86_400, 1 + events.nextInt(9), events.nextInt(100_000));
      PositionChange move = new PositionChange("acme", at, from, standings[customer]);
      subtasks
          .get(customer % subtasks.size())
          .processElement(new StreamRecord<>(move, at.toEpochMilli()));
    }

    /**
     * The watermark reaches the subtasks one by one, and the population when it has reached all.
     */
    private void pass(Instant watermark) throws Exception {
      for (int i = 0; i < subtasks.size(); i++) {
        subtasks.get(i).processWatermark(watermark.toEpochMilli());
        watermarks[i] = watermark.toEpochMilli();
        deliver();
      }
      passedMillis = Arrays.stream(watermarks).min().getAsLong();
      if (wakeAt != null && wakeAt.toEpochMilli() <= passedMillis) {
        apply(population.onTimer("acme", state, Instant.ofEpochMilli(passedMillis)));
      }
    }

    private void deliver() {
      for (var subtask : subtasks) {
        for (HistogramDelta delta : subtask.extractOutputValues()) {
          apply(
              population.onEvents(
                  "acme", state, List.of(delta), Instant.ofEpochMilli(passedMillis)));
        }
        subtask.getOutput().clear();
      }
    }

    private void apply(Decision<PopulationState, PopulationEffect> decision) {
      state = decision.next();
      wakeAt = decision.nextTimer();
      for (PopulationEffect effect : decision.effects()) {
        if (effect instanceof PopulationEffect.CutsTaken it) {
          taken.add(it.points());
        }
      }
    }

    /** What the barrier finds is all that is kept. */
    private void restart() throws Exception {
      for (var subtask : subtasks) {
        subtask.prepareSnapshotPreBarrier(1);
        deliver();
        subtask.close();
      }
      state = throughBytes(state);
      start(1 + accidents.nextInt(5));
    }

    private static PopulationState throughBytes(PopulationState state) throws IOException {
      if (state == null) {
        return null;
      }
      DataOutputSerializer out = new DataOutputSerializer(1024);
      Types.POPULATION_STATE.serialize(state, out);
      return Types.POPULATION_STATE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
  }
}
