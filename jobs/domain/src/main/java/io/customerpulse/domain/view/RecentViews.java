package io.customerpulse.domain.view;

import io.customerpulse.domain.event.Payload.Browse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The views that counted last: frameworks report a page twice when they show it, and again when the
 * visitor comes back to it. Remembered are at most {@value #LIMIT}, those of the last 24 h; the
 * oldest go first.
 *
 * @param views the oldest first
 */
public record RecentViews(List<View> views) {
  /** More pages than a mini-program keeps open, five times. */
  public static final int LIMIT = 50;

  /** How far apart two views of one visit may be. */
  public static final Duration LIFE = Duration.ofDays(1);

  /** How far apart two views of one product must be where no visit tells them from one another. */
  public static final Duration APART = Duration.ofSeconds(1);

  public static final RecentViews NONE = new RecentViews(List.of());

  /**
   * One view that counted.
   *
   * @param thing a hash of what was looked at
   * @param visit a hash of the visit's id; 0 where none was sent
   */
  public record View(Instant at, int thing, int visit) {

    /** Whether a view, before or after this one, is the same look. */
    private boolean isSame(View other) {
      Duration between = Duration.between(at, other.at()).abs();
      boolean sameVisit = visit != 0 && visit == other.visit() && between.compareTo(LIFE) < 0;
      return thing == other.thing() && (sameVisit || between.compareTo(APART) < 0);
    }
  }

  /** Whether a look at a page is one that has counted already. */
  public boolean contain(Browse browse, Instant at) {
    View view = view(browse, at);
    return views.stream().anyMatch(view::isSame);
  }

  /** With one more view that counts, if it is of anything. */
  public RecentViews with(Browse browse, Instant at) {
    if (thing(browse) == 0) {
      return this;
    }
    List<View> next = new ArrayList<>(views.size() + 1);
    next.addAll(views);
    int place = next.size();
    while (place > 0 && next.get(place - 1).at().isAfter(at)) {
      place--;
    }
    View added = view(browse, at);
    next.add(place, added);
    Instant from = next.get(next.size() - 1).at().minus(LIFE);
    // What comes late often comes with its copy.
    next.removeIf(view -> view != added && !view.at().isAfter(from));
    return new RecentViews(
        List.copyOf(next.subList(Math.max(0, next.size() - LIMIT), next.size())));
  }

  private static View view(Browse browse, Instant at) {
    String visitId = browse.visitId();
    return new View(at, thing(browse), visitId == null ? 0 : visitId.hashCode());
  }

  /** A product or, without one, a category; 0 for neither. */
  private static int thing(Browse browse) {
    if (browse.productId() != null) {
      return browse.productId().hashCode();
    }
    return browse.categoryId() == null ? 0 : ~browse.categoryId().hashCode();
  }
}
