package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cut belongs to the better score of frequency and money, and to the better one of recency. */
class CutsTest {

  @ParameterizedTest
  @CsvSource({"0,5", "7,5", "8,4", "30,4", "31,3", "90,3", "91,2", "180,2", "181,1", "9999,1"})
  void recencyScores(int days, int score) {
    assertThat(Given.CUTS.score(days, 0, 0).r()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,2", "3,3", "4,3", "5,4", "9,4", "10,5", "500,5"})
  void frequencyScores(long orders, int score) {
    assertThat(Given.CUTS.score(0, orders, 0).f()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "9999,1", "10000,2", "49999,2", "50000,3", "100000,4", "500000,5"})
  void monetaryScores(long netMinor, int score) {
    assertThat(Given.CUTS.score(0, 0, netMinor).m()).isEqualTo(score);
  }
}
