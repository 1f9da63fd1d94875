package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Instant;

/** Which class watches for which kind of rule. */
final class EpisodeKinds {
  private static final EpisodeKind CART_ABANDONMENT = new CartAbandonment();
  private static final EpisodeKind REACTIVATION = new Reactivation();
  private static final EpisodeKind UNWATCHED = new Unwatched();

  private EpisodeKinds() {}

  static EpisodeKind of(TriggerKind kind) {
    return switch (kind) {
      case CART_ABANDONMENT -> CART_ABANDONMENT;
      case REACTIVATION -> REACTIVATION;
      default -> UNWATCHED;
    };
  }

  /** A kind that can be written in rules already, and opens nothing yet. */
  private static final class Unwatched implements EpisodeKind {
    @Override
    public void onEvent(Rule rule, CustomerChange change, Subject subject, Episodes episodes) {}

    @Override
    public Evidence evidence(Episode episode, Subject subject, Instant now) {
      throw new IllegalStateException("Nothing opens an episode of " + episode.ruleId());
    }
  }
}
