package io.customerpulse.domain.oracle;

import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.kind.CartAbandonment;
import io.customerpulse.domain.kind.PostPurchase;
import io.customerpulse.domain.kind.Reactivation;
import io.customerpulse.domain.kind.SegmentEntered;
import io.customerpulse.domain.kind.StageEntered;
import io.customerpulse.domain.kind.UnpaidOrder;
import io.customerpulse.domain.rule.TriggerKind;
import java.util.List;

/** The kinds of rules there are, by name. */
public final class Kinds {
  public static final TriggerKind UNPAID_ORDER = new UnpaidOrder();
  public static final TriggerKind CART_ABANDONMENT = new CartAbandonment();
  public static final TriggerKind BROWSE_ABANDONMENT = new BrowseAbandonment();
  public static final TriggerKind REACTIVATION = new Reactivation();
  public static final TriggerKind STAGE_ENTERED = new StageEntered();
  public static final TriggerKind SEGMENT_ENTERED = new SegmentEntered();
  public static final TriggerKind POST_PURCHASE = new PostPurchase();
  public static final TriggerKind BIRTHDAY = new Birthday();

  private Kinds() {}

  public static List<TriggerKind> all() {
    return List.of(
        UNPAID_ORDER,
        CART_ABANDONMENT,
        BROWSE_ABANDONMENT,
        REACTIVATION,
        STAGE_ENTERED,
        SEGMENT_ENTERED,
        POST_PURCHASE,
        BIRTHDAY);
  }
}
