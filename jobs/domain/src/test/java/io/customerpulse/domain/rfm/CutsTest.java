package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Given;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who stands on a cut: under thresholds in the better score, under quintiles where it was taken.
 */
class CutsTest {
  private static final Cuts QUINTILES =
      new Cuts("q", List.of(7, 30, 30, 180), List.of(1, 1, 2, 5), List.of(0L, 100L, 200L, 300L));

  @ParameterizedTest
  @CsvSource({"0,5", "7,5", "8,4", "30,4", "31,3", "90,3", "91,2", "180,2", "181,1", "9999,1"})
  void recencyByThresholds(int days, int score) {
    assertThat(Given.CUTS.scoreByThresholds(new Rfm(days, 1, 0)).r()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,2", "3,3", "4,3", "5,4", "9,4", "10,5", "500,5"})
  void frequencyByThresholds(long orders, int score) {
    assertThat(Given.CUTS.scoreByThresholds(new Rfm(0, orders, 0)).f()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "9999,1", "10000,2", "49999,2", "50000,3", "100000,4", "500000,5"})
  void moneyByThresholds(long netMinor, int score) {
    assertThat(Given.CUTS.scoreByThresholds(new Rfm(0, 1, netMinor)).m()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0,5", "7,5", "8,4", "30,4", "31,2", "180,2", "181,1"})
  void recencyByQuintiles(int days, int score) {
    assertThat(QUINTILES.scoreByQuintiles(new Rfm(days, 1, 0)).r()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,3", "3,4", "5,4", "6,5"})
  void frequencyByQuintiles(long orders, int score) {
    assertThat(QUINTILES.scoreByQuintiles(new Rfm(0, orders, 0)).f()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "100,2", "101,3", "200,3", "300,4", "301,5"})
  void moneyByQuintiles(long netMinor, int score) {
    assertThat(QUINTILES.scoreByQuintiles(new Rfm(0, 1, netMinor)).m()).isEqualTo(score);
  }

  @Test
  void whoHasNoOrderInTheWindowHasTheLowestScores() {
    Rfm gone = new Rfm(0, 0, 1_000_000);
    assertThat(new ThresholdScoring(Given.CUTS).score("acme", Instant.EPOCH, gone))
        .isEqualTo(new Scores(1, 1, 1, "thresholds"));
    assertThat(new QuintileScoring(new CutHistory()).score("acme", Instant.EPOCH, gone))
        .isEqualTo(new Scores(1, 1, 1, null));
  }
}
