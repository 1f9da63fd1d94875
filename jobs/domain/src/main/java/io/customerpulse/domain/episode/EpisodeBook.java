package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.RuleSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The episodes of one customer, and what their kinds remember.
 *
 * @param live at most {@value #LIVE_LIMIT}, the oldest first
 * @param fires the newest last, at most {@value #FIRE_LIMIT}
 * @param stageOpenings per rule, which entry into a stage it has already opened an episode for
 * @param birthdays per rule, the last day it has opened an episode for; those of the last year
 * @param segment the scores that the segment was last judged by, as three digits; {@link #PROSPECT}
 *     or {@link #UNSCORED} without scores, 0 where it hasn't been judged
 * @param views of products; empty where no rule asks for them
 */
public record EpisodeBook(
    List<Episode> live,
    List<Fire> fires,
    List<StageOpening> stageOpenings,
    List<BirthdayOpening> birthdays,
    int segment,
    Views views) {
  /** One for every rule there may be. */
  public static final int LIVE_LIMIT = RuleSet.MAX_RULES;

  public static final int FIRE_LIMIT = RuleSet.MAX_RULES;

  /** The segment of a customer without a counting order. */
  public static final int PROSPECT = 1;

  /** The segment of a buyer as long as there are no cuts to score by. */
  public static final int UNSCORED = 2;

  public static final EpisodeBook EMPTY =
      new EpisodeBook(List.of(), List.of(), List.of(), List.of(), 0, Views.NONE);

  /**
   * That a rule has opened its episode for the stage entered at an instant.
   *
   * @param openedAt when it has
   */
  public record StageOpening(String ruleId, Instant stageSince, Instant openedAt) {}

  /** That a rule has opened its episode for the birthday on a day. */
  public record BirthdayOpening(String ruleId, LocalDate day) {}
}
