package io.customerpulse.domain.rfm;

/**
 * The two maps from scores to segments: 25 cells of R by F, and the eight of Chinese marketing by
 * high or low R, F and M. Each is total, without overlap.
 *
 * @param high the score from which a dimension is high in the eight, 2 to 5
 */
public record Segments(int high, SegmentNames names) {

  /**
   * The segment of a customer.
   *
   * @param scores null where there are none
   * @param buyer whether the customer has a counting order
   */
  public String segment(Scores scores, boolean buyer) {
    if (scores == null) {
      return buyer ? names.unscored() : names.prospect();
    }
    return names.byRAndF().get(scores.r() - 1).get(scores.f() - 1);
  }

  /** The Chinese segment of a customer; parameters as of {@link #segment}. */
  public String segmentZh(Scores scores, boolean buyer) {
    if (scores == null) {
      return buyer ? names.unscoredZh() : names.prospectZh();
    }
    int cell = bit(scores.m(), 4) + bit(scores.r(), 2) + bit(scores.f(), 1);
    return names.byHigh().get(cell);
  }

  private int bit(int score, int bit) {
    return score >= high ? bit : 0;
  }
}
