package io.customerpulse.domain.rfm;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two maps from scores to segments: 25 cells of R by F, and the eight of Chinese marketing by
 * high or low R, F and M. Each is total, without overlap.
 *
 * @param high the score from which a dimension is high in the eight, 2 to 5
 */
public record Segments(int high) {
  public static final String PROSPECT = "prospect";
  public static final String PROSPECT_ZH = "潜在客户";

  private static final String[][] BY_R_AND_F = {
    {"hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"},
    {"hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"},
    {"about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"},
    {"promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal"},
    {"new", "potential_loyalist", "potential_loyalist", "champions", "champions"},
  };

  /** By the bits high M, high R, high F. */
  private static final String[] BY_HIGH = {
    "一般挽留", "一般保持", "一般发展", "一般价值", "重要挽留", "重要保持", "重要发展", "重要价值",
  };

  /** Names of the 25 cells, and of who has no scores. */
  public static final Set<String> CELL_NAMES =
      Stream.concat(Arrays.stream(BY_R_AND_F).flatMap(Arrays::stream), Stream.of(PROSPECT))
          .collect(Collectors.toUnmodifiableSet());

  /** Names of the Chinese eight, and of who has no scores. */
  public static final Set<String> ZH_NAMES =
      Stream.concat(Arrays.stream(BY_HIGH), Stream.of(PROSPECT_ZH))
          .collect(Collectors.toUnmodifiableSet());

  /** The segment of a customer; {@link #PROSPECT} for one without scores. */
  public String segment(Scores scores) {
    return scores == null ? PROSPECT : BY_R_AND_F[scores.r() - 1][scores.f() - 1];
  }

  /** The Chinese segment of a customer; {@link #PROSPECT_ZH} for one without scores. */
  public String segmentZh(Scores scores) {
    return scores == null
        ? PROSPECT_ZH
        : BY_HIGH[bit(scores.m(), 4) + bit(scores.r(), 2) + bit(scores.f(), 1)];
  }

  private int bit(int score, int bit) {
    return score >= high ? bit : 0;
  }
}
