package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.TriggerKind;

/** Which class watches for which kind of rule. */
final class EpisodeKinds {
  private static final EpisodeKind CART_ABANDONMENT = new CartAbandonment();
  private static final EpisodeKind REACTIVATION = new Reactivation();

  private EpisodeKinds() {}

  static EpisodeKind of(TriggerKind kind) {
    return switch (kind) {
      case CART_ABANDONMENT -> CART_ABANDONMENT;
      case REACTIVATION -> REACTIVATION;
    };
  }
}
