package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedLogicOperatorTest {
  private static final int CACHE = 2;

  private KeyedLogicHarness operator;

  @BeforeEach
  void start() throws Exception {
    operator = new KeyedLogicHarness(new HashMapStateBackend(), CACHE);
  }

  @AfterEach
  void stop() throws Exception {
    operator.close();
  }

  @Test
  void outputsLeaveBeforeTheWatermarkThatFollows() throws Exception {
    operator.event("a", 10, 100);
    operator.watermark(50);
    operator.watermark(110);
    assertThat(operator.sent()).containsExactly("a: e10 ", 50L, "a: e10 w110 ", 110L);
  }

  @Test
  void aWakeThatWasPutOffDoesNotComeEarly() throws Exception {
    operator.event("a", 10, 100);
    operator.snapshot();
    operator.event("a", 60, 100);
    operator.watermark(110);
    operator.watermark(159);
    assertThat(operator.sent()).containsExactly("a: e10 ", "a: e10 e60 ", 110L, 159L);
    operator.watermark(160);
    assertThat(operator.sent()).contains("a: e10 e60 w160 ");
  }

  @Test
  void aWakeThatWasPutOffSurvivesEvictionAndRestart() throws Exception {
    operator.event("a", 10, 100);
    operator.restart();
    operator.event("a", 60, 100);
    operator.event("b", 60, 0);
    operator.event("c", 60, 0);
    operator.watermark(110);
    operator.restart();
    operator.watermark(160);
    assertThat(operator.sent()).contains("a: e10 e60 w160 ").doesNotContain("a: e10 e60 w110 ");
  }

  @Test
  void aWakeThatComesForwardIsNotMissed() throws Exception {
    operator.event("a", 10, 1000);
    operator.restart();
    operator.event("a", 20, 30);
    operator.restart();
    operator.watermark(50);
    assertThat(operator.sent()).contains("a: e10 e20 w50 ");
  }

  @Test
  void aKeyHasOneTimerHoweverOftenItsWakeMoves() throws Exception {
    for (int i = 0; i < 20; i++) {
      operator.event("a", 10 + i, i % 2 == 0 ? 1000 : 500);
      operator.snapshot();
      assertThat(operator.timers()).isEqualTo(1);
    }
  }

  @Test
  void totalsSurviveARestartWhereverTheStatesAre() throws Exception {
    for (String key : List.of("a", "b", "c", "d")) {
      operator.event(key, 10, 0);
    }
    operator.event("woken", 10, 10);
    operator.restart();
    assertThat(operator.metrics().gauges.total(Plain.KEYS)).hasValue(5);
    // Woken three times, it is forgotten.
    for (long millis = 1_000; millis <= 5_000; millis += 1_000) {
      operator.watermark(millis);
    }
    assertThat(operator.metrics().gauges.total(Plain.KEYS)).hasValue(4);
    assertThat(operator.metrics().gauges.watermarkMillis()).isEqualTo(5_000);
  }

  @Test
  void theLengthOfAStateIsLookedAtWhenItIsWritten() throws Exception {
    operator.event("a", 10, 0);
    assertThat(operator.metrics().sampledBytes).isZero();
    operator.snapshot();
    assertThat(operator.metrics().sampledBytes).isEqualTo(1 + "e10 ".length());
  }

  @Test
  void aVisitTouchesTheBackendOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      operator.event("a", i, 1000);
      operator.watermark(i);
    }
    assertThat(operator.states()).isZero();
    assertThat(operator.timers()).isZero();
    assertThat(operator.metrics().misses).isEqualTo(1);
    operator.snapshot();
    operator.snapshot();
    assertThat(operator.states()).isEqualTo(1);
    assertThat(operator.metrics().written).isEqualTo(1);
  }

  @Test
  void aForgottenKeyLeavesNothingBehind() throws Exception {
    operator.event("a", 10, 100);
    operator.snapshot();
    operator.watermark(10_000);
    operator.watermark(20_000);
    operator.watermark(30_000);
    operator.snapshot();
    assertThat(operator.sent()).contains("a: forgotten");
    assertThat(operator.states()).isZero();
    assertThat(operator.timers()).isZero();
  }

  @Test
  void moreKeysThanTheCacheHoldsAreAllWoken() throws Exception {
    for (int i = 0; i < 100; i++) {
      operator.event("key" + i, 10, 100);
    }
    operator.watermark(110);
    assertThat(operator.sent().stream().filter(o -> o.toString().endsWith("w110 "))).hasSize(100);
    assertThat(operator.metrics().timers).isEqualTo(100);
  }

  @Test
  void theWatermarkSurvivesARestart() throws Exception {
    operator.watermark(500);
    operator.restart();
    // The wake at 110 has passed: the logic sees that and asks for none.
    operator.event("a", 10, 100);
    operator.snapshot();
    assertThat(operator.timers()).isZero();
  }
}
