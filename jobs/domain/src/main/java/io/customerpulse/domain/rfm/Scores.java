package io.customerpulse.domain.rfm;

/**
 * Recency, frequency and monetary scores, each 1 (worst) to 5 (best).
 *
 * @param cutsVersion version of the cuts that gave them; null where it took none
 */
public record Scores(int r, int f, int m, String cutsVersion) {

  /** Of a buyer who has no order in the window any more, whatever the cuts. */
  static Scores lowest(String cutsVersion) {
    return new Scores(1, 1, 1, cutsVersion);
  }
}
