package io.customerpulse.domain.rule;

import io.customerpulse.domain.lifecycle.Stage;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;

/** What a rule waits for: its kind, with what is set of this kind alone. */
public sealed interface Occasion extends Serializable {

  TriggerKind kind();

  /** An order that was placed and not paid. */
  record UnpaidOrder() implements Occasion {
    @Override
    public TriggerKind kind() {
      return TriggerKind.UNPAID_ORDER;
    }
  }

  /**
   * A cart that was filled and left.
   *
   * @param exitOn which order ends it
   */
  record CartAbandonment(ExitOn exitOn) implements Occasion {
    public static final CartAbandonment DEFAULT = new CartAbandonment(ExitOn.ANY);

    @Override
    public TriggerKind kind() {
      return TriggerKind.CART_ABANDONMENT;
    }
  }

  /**
   * A product that was looked at again and again, and left.
   *
   * @param views of one product, 1 to {@link #MAX_VIEWS}
   * @param sessions in which they must lie, at most as many as the views
   * @param within the window of the views, at most {@link #MAX_WITHIN}
   * @param boughtWithin no interest where it was bought so shortly before, at most {@link
   *     #MAX_BOUGHT_WITHIN}; zero where that doesn't matter
   */
  record BrowseAbandonment(int views, int sessions, Duration within, Duration boughtWithin)
      implements Occasion {
    public static final int MAX_VIEWS = 20;
    public static final Duration MAX_WITHIN = Duration.ofDays(30);

    /** As long as purchases are remembered one by one. */
    public static final Duration MAX_BOUGHT_WITHIN = Duration.ofDays(10);

    public static final BrowseAbandonment DEFAULT =
        new BrowseAbandonment(3, 2, Duration.ofDays(7), Duration.ofDays(10));

    @Override
    public TriggerKind kind() {
      return TriggerKind.BROWSE_ABANDONMENT;
    }
  }

  /**
   * A buyer who has gone silent.
   *
   * @param stage entered by silence
   * @param inactiveFor so long there was no click, browse, cart or purchase either
   */
  record Reactivation(Stage stage, Duration inactiveFor) implements Occasion {
    public static final Reactivation DEFAULT = new Reactivation(Stage.DORMANT, Duration.ofDays(14));

    @Override
    public TriggerKind kind() {
      return TriggerKind.REACTIVATION;
    }
  }

  /**
   * A lifecycle stage that begins.
   *
   * @param stages at least one
   */
  record StageEntered(Set<Stage> stages) implements Occasion {
    @Override
    public TriggerKind kind() {
      return TriggerKind.STAGE_ENTERED;
    }
  }

  /**
   * A segment that begins.
   *
   * @param segments at least one, all of the 25 cells or all of the Chinese eight
   */
  record SegmentEntered(Set<String> segments) implements Occasion {
    @Override
    public TriggerKind kind() {
      return TriggerKind.SEGMENT_ENTERED;
    }
  }

  /** An order that was paid. */
  record PostPurchase() implements Occasion {
    @Override
    public TriggerKind kind() {
      return TriggerKind.POST_PURCHASE;
    }
  }

  /**
   * The customer's birthday.
   *
   * @param at the time of day, in the tenant's zone, from which the steps are counted
   */
  record Birthday(LocalTime at) implements Occasion {
    public static final Birthday DEFAULT = new Birthday(LocalTime.of(9, 0));

    @Override
    public TriggerKind kind() {
      return TriggerKind.BIRTHDAY;
    }
  }
}
