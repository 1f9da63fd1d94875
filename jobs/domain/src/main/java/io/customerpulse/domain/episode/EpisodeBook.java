package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.RuleSet;
import java.util.List;

/**
 * The episodes of one customer, and what their kinds remember.
 *
 * @param live at most {@value #LIVE_LIMIT}, the oldest first
 * @param fires the newest last, at most {@value #FIRE_LIMIT}
 * @param memories of the kinds
 */
public record EpisodeBook(List<Episode> live, List<FiredTrigger> fires, KindMemories memories) {
  /** One for every rule there may be. */
  public static final int LIVE_LIMIT = RuleSet.MAX_RULES;

  public static final int FIRE_LIMIT = RuleSet.MAX_RULES;

  public static final EpisodeBook EMPTY = new EpisodeBook(List.of(), List.of(), KindMemories.NONE);
}
