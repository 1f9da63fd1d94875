package io.customerpulse.domain.rfm;

import java.io.Serializable;
import java.util.List;

/**
 * The values at which scores change, four per dimension, none smaller than the one before.
 *
 * @param version tells which cuts a score was made with
 */
public record Cuts(
    String version, List<Integer> recencyDays, List<Integer> frequency, List<Long> monetaryMinor)
    implements Serializable {

  /**
   * Scores under fixed thresholds: F and M score 1 + the number of cuts at or below the value, R
   * scores 5 − the number of cuts strictly below it.
   */
  Scores scoreByThresholds(Rfm values) {
    return new Scores(
        recencyScore(values),
        1 + reached(frequency, values.orders()),
        1 + reached(monetaryMinor, values.netMinor()),
        version);
  }

  /**
   * Scores under cuts taken from a population: F and M score 1 + the number of cuts strictly below
   * the value, R scores 5 − that number. Who stands on a cut belongs to those it was taken from.
   */
  Scores scoreByQuintiles(Rfm values) {
    return new Scores(
        recencyScore(values),
        1 + passed(frequency, values.orders()),
        1 + passed(monetaryMinor, values.netMinor()),
        version);
  }

  private int recencyScore(Rfm values) {
    return 5 - passed(recencyDays, values.recencyDays());
  }

  private static int passed(List<? extends Number> cuts, long value) {
    int count = 0;
    for (Number cut : cuts) {
      count += cut.longValue() < value ? 1 : 0;
    }
    return count;
  }

  private static int reached(List<? extends Number> cuts, long value) {
    int count = 0;
    for (Number cut : cuts) {
      count += cut.longValue() <= value ? 1 : 0;
    }
    return count;
  }
}
