package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BroadcastKeyedLogicOperatorTest {
  private static final int CACHE = 3;

  /** More than a slice. */
  private static final int MANY = 600;

  private BroadcastKeyedLogicHarness operator;

  static List<StateBackend> backends() {
    return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(false));
  }

  private void start(StateBackend backend) throws Exception {
    operator = new BroadcastKeyedLogicHarness(backend, CACHE);
  }

  @AfterEach
  void stop() throws Exception {
    operator.close();
  }

  @Test
  void timeStandsStillUntilTheControlsAreRead() throws Exception {
    start(new HashMapStateBackend());
    operator.event("a", 10, 0);
    operator.watermark(20);
    operator.control("alarm", "15");
    operator.watermark(30);
    assertThat(operator.sent()).containsExactly("a: e10 ");
    // Event a has been decided before the alarm was known: its wake stands at the default.
    operator.event("b", 25, 0);
    operator.endOfControls();
    assertThat(operator.sent()).containsExactly("a: e10 ", "b: e25 ", "b: e25 a15 ", "30");
    operator.watermark(40);
    assertThat(operator.sent()).endsWith("40");
  }

  @Test
  void anInputOfControlsThatEndsHasBeenRead() throws Exception {
    start(new HashMapStateBackend());
    operator.watermark(20);
    operator.endInputOfControls();
    assertThat(operator.sent()).containsExactly("20");
  }

  @Test
  void controlsHaveNoSayInEventTime() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    operator.watermarkOfControls(50);
    operator.controls(WatermarkStatus.IDLE);
    operator.watermark(20);
    operator.watermarkOfControls(60);
    operator.controls(WatermarkStatus.ACTIVE);
    assertThat(operator.sent()).containsExactly("20");
    operator.controls(WatermarkStatus.IDLE);
    operator.events(WatermarkStatus.IDLE);
    operator.events(WatermarkStatus.ACTIVE);
    assertThat(operator.sent()).containsExactly("20", "idle", "active");
  }

  @Test
  void afterARestartTheControlsAreKnownAndTheLogIsReadToItsEndAgain() throws Exception {
    start(new HashMapStateBackend());
    operator.control("x", "1");
    operator.control("y", "1");
    operator.control("y", null);
    operator.endOfControls();
    operator.watermark(20);
    operator.restart("v1");
    operator.event("a", 25, 0);
    operator.watermark(30);
    operator.control("x", "2");
    assertThat(operator.sent()).containsExactly("20", "a: e25 {x=1}");
    operator.endOfControls();
    operator.event("a", 35, 0);
    assertThat(operator.sent()).endsWith("30", "a: e25 e35 {x=2}");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aControlThatMovesWakesReachesEveryKeyInTheCacheAndBehindIt(StateBackend backend)
      throws Exception {
    start(backend);
    operator.endOfControls();
    operator.watermark(1);
    for (int i = 0; i < MANY; i++) {
      operator.event("key" + i, 10, 0);
    }
    operator.watermark(20);
    operator.control("alarm", "30");
    operator.pass(100);
    assertThat(operator.metrics().reevaluated).isGreaterThanOrEqualTo(MANY);
    assertThat(alarms(30)).isEmpty();
    operator.watermark(30);
    assertThat(alarms(30)).hasSize(MANY);
  }

  @Test
  void whatHasPassedAlreadyIsAnsweredAtOnce() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    operator.event("a", 10, 0);
    operator.watermark(50);
    operator.control("alarm", "40");
    assertThat(alarms(40)).isEmpty();
    operator.pass(20);
    assertThat(alarms(40)).hasSize(1);
  }

  @Test
  void aControlThatMovesNoWakeAsksNobody() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    operator.event("a", 10, 0);
    operator.control("x", "1");
    operator.pass(100);
    assertThat(operator.metrics().reevaluated).isZero();
  }

  @Test
  void aSweepIsCutIntoSlicesBetweenWhichEventsAreTaken() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    for (int i = 0; i < MANY; i++) {
      operator.event("key" + i, 10, 0);
    }
    operator.snapshot();
    operator.control("alarm", "30");
    operator.pass(10);
    assertThat(operator.metrics().reevaluated).isBetween(1, MANY - 1);
    operator.event("new", 10, 0);
    operator.pass(100);
    operator.watermark(30);
    assertThat(alarms(30)).hasSize(MANY + 1);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSweepThatARestartCutsShortBeginsAnew(StateBackend backend) throws Exception {
    start(backend);
    operator.endOfControls();
    for (int i = 0; i < MANY; i++) {
      operator.event("key" + i, 10, 0);
    }
    operator.snapshot();
    operator.control("alarm", "30");
    operator.pass(10);
    operator.restart("v1");
    operator.endOfControls();
    operator.pass(100);
    operator.watermark(30);
    assertThat(alarms(30)).hasSize(MANY);
  }

  @Test
  void whatChangesDuringASweepReachesThoseThatWereAskedBefore() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    for (int i = 0; i < MANY; i++) {
      operator.event("key" + i, 10, 0);
    }
    operator.snapshot();
    operator.control("alarm", "30");
    operator.pass(10);
    operator.control("alarm", "25");
    operator.pass(200);
    operator.watermark(26);
    assertThat(alarms(25)).hasSize(MANY);
  }

  @Test
  void otherSettingsAfterARestartAskEveryKey() throws Exception {
    start(new HashMapStateBackend());
    operator.endOfControls();
    IntStream.range(0, 10).forEach(i -> event("key" + i));
    operator.restart("v1");
    operator.endOfControls();
    operator.pass(100);
    assertThat(operator.metrics().reevaluated).isZero();
    operator.restart("v2");
    operator.endOfControls();
    operator.pass(100);
    assertThat(operator.metrics().reevaluated).isEqualTo(10);
    operator.restart("v2");
    operator.endOfControls();
    operator.pass(100);
    assertThat(operator.metrics().reevaluated).isZero();
  }

  @Test
  void aSweepThatIsUnderWayLetsTheOperatorClose() throws Exception {
    start(new EmbeddedRocksDBStateBackend(false));
    operator.endOfControls();
    for (int i = 0; i < MANY; i++) {
      operator.event("key" + i, 10, 0);
    }
    operator.snapshot();
    operator.control("alarm", "30");
    operator.pass(10);
    assertThat(operator.metrics().reevaluated).isLessThan(MANY);
  }

  private void event(String key) {
    try {
      operator.event(key, 10, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> alarms(long millis) {
    List<String> alarms = new ArrayList<>(operator.sent());
    alarms.removeIf(line -> !line.endsWith("a" + millis + " "));
    return alarms;
  }
}
