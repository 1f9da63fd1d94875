package io.customerpulse.domain.rfm;

import java.util.List;

/**
 * The values at which scores change, four ascending ones per dimension.
 *
 * @param version tells which cuts a score was made with
 */
public record Cuts(
    String version, List<Integer> recencyDays, List<Integer> frequency, List<Long> monetaryMinor) {

  /**
   * Scores under fixed thresholds: F and M score 1 + the number of cuts at or below the value, R
   * scores 5 − the number of cuts strictly below it.
   *
   * @param recencyDays calendar days since the last counting order
   * @param orders counting orders in the window
   * @param netMinor their net amounts
   */
  public Scores score(int recencyDays, long orders, long netMinor) {
    int r = 5;
    for (int cut : this.recencyDays) {
      r -= cut < recencyDays ? 1 : 0;
    }
    int f = 1;
    for (int cut : frequency) {
      f += cut <= orders ? 1 : 0;
    }
    int m = 1;
    for (long cut : monetaryMinor) {
      m += cut <= netMinor ? 1 : 0;
    }
    return new Scores(r, f, m, version);
  }
}
