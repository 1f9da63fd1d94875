package io.customerpulse.domain.episode;

import java.time.Instant;
import java.util.List;

/**
 * The episodes of one customer.
 *
 * @param live at most {@value #LIVE_LIMIT}, the oldest first
 * @param fires the newest last, at most {@value #FIRE_LIMIT}
 * @param stageOpenings per rule, which entry into a stage it has already opened an episode for
 */
public record EpisodeBook(List<Episode> live, List<Fire> fires, List<StageOpening> stageOpenings) {
  public static final int LIVE_LIMIT = 100;
  public static final int FIRE_LIMIT = 200;
  public static final EpisodeBook EMPTY = new EpisodeBook(List.of(), List.of(), List.of());

  /** That a rule has opened its episode for the stage entered at an instant. */
  public record StageOpening(String ruleId, Instant stageSince) {}
}
