package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.TriggerKind;

/** Which class watches for which kind of rule. */
final class EpisodeKinds {
  private static final EpisodeKind UNPAID_ORDER = new UnpaidOrder();
  private static final EpisodeKind CART_ABANDONMENT = new CartAbandonment();
  private static final EpisodeKind BROWSE_ABANDONMENT = new BrowseAbandonment();
  private static final EpisodeKind REACTIVATION = new Reactivation();
  private static final EpisodeKind STAGE_ENTERED = new StageEntered();
  private static final EpisodeKind SEGMENT_ENTERED = new SegmentEntered();
  private static final EpisodeKind POST_PURCHASE = new PostPurchase();
  private static final EpisodeKind BIRTHDAY = new Birthday();

  private EpisodeKinds() {}

  static EpisodeKind of(TriggerKind kind) {
    return switch (kind) {
      case UNPAID_ORDER -> UNPAID_ORDER;
      case CART_ABANDONMENT -> CART_ABANDONMENT;
      case BROWSE_ABANDONMENT -> BROWSE_ABANDONMENT;
      case REACTIVATION -> REACTIVATION;
      case STAGE_ENTERED -> STAGE_ENTERED;
      case SEGMENT_ENTERED -> SEGMENT_ENTERED;
      case POST_PURCHASE -> POST_PURCHASE;
      case BIRTHDAY -> BIRTHDAY;
    };
  }
}
