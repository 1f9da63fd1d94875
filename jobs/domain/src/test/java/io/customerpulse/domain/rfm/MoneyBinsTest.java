package io.customerpulse.domain.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoneyBinsTest {
  @Test
  void smallAmountsHaveABinEachAndNothingIsBelowOne() {
    for (int amount = 0; amount < 2048; amount++) {
      assertThat(MoneyBins.of(amount)).isEqualTo(amount);
      assertThat(MoneyBins.greatestOf(amount)).isEqualTo(amount);
    }
    assertThat(MoneyBins.of(-1)).isZero();
    assertThat(MoneyBins.of(Long.MIN_VALUE)).isZero();
  }

  @Test
  void binsFollowEachOtherWithoutGapsUpToTheGreatestAmount() {
    int last = MoneyBins.of(Long.MAX_VALUE);
    assertThat(last).isEqualTo(55_295);
    assertThat(MoneyBins.greatestOf(last)).isEqualTo(Long.MAX_VALUE);
    for (int bin = 0; bin < last; bin++) {
      long greatest = MoneyBins.greatestOf(bin);
      assertThat(MoneyBins.of(greatest)).isEqualTo(bin);
      assertThat(MoneyBins.of(greatest + 1)).isEqualTo(bin + 1);
    }
  }

  @Test
  void noAmountIsFurtherThanAThousandthFromTheGreatestOfItsBin() {
    Seeds.tryEach(
        getClass(), 1, 1, MoneyBinsTest::noneIsFurtherThanAThousandthFromTheGreatestOfItsBin);
  }

  private static void noneIsFurtherThanAThousandthFromTheGreatestOfItsBin(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      long amount = random.nextLong() >>> (1 + random.nextInt(62));
      long greatest = MoneyBins.greatestOf(MoneyBins.of(amount));
      assertThat(greatest).isGreaterThanOrEqualTo(amount);
      assertThat((double) (greatest - amount))
          .as("amount %d", amount)
          .isLessThanOrEqualTo(amount * 0.001);
    }
  }
}
