package io.customerpulse.domain.interest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The categories a customer cares for: weights that halve every 30 days, the best {@value #LIMIT}
 * kept. Equal weights stand in the order of their names.
 *
 * @param top the strongest first, as of their last change
 */
public record Interests(List<Interest> top) {
  public static final int LIMIT = 5;
  public static final Duration HALF_LIFE = Duration.ofDays(30);
  public static final Interests NONE = new Interests(List.of());

  /** How much one event says of each of its categories. */
  public enum Strength {
    VIEW(1),
    CART_ADD(3),
    PURCHASE(5);

    private final double weight;

    Strength(double weight) {
      this.weight = weight;
    }
  }

  /**
   * One category.
   *
   * @param weight at {@code at}; it halves every {@link #HALF_LIFE}
   */
  public record Interest(String categoryId, double weight, Instant at) {

    private double weightAt(Instant instant) {
      double lives = (double) Duration.between(at, instant).toMillis() / HALF_LIFE.toMillis();
      return weight * Math.pow(2, -lives);
    }
  }

  /** The interests after an event about some categories, each counted once. */
  public Interests with(Collection<String> categoryIds, Strength strength, Instant at) {
    if (categoryIds.isEmpty()) {
      return this;
    }
    List<Interest> next = new ArrayList<>(top);
    for (String categoryId : categoryIds) {
      add(next, categoryId, strength.weight, at);
    }
    Instant latest = at;
    for (Interest interest : next) {
      latest = interest.at().isAfter(latest) ? interest.at() : latest;
    }
    Instant common = latest;
    next.sort(
        Comparator.comparingDouble((Interest interest) -> -interest.weightAt(common))
            .thenComparing(Interest::categoryId));
    return new Interests(List.copyOf(next.subList(0, Math.min(LIMIT, next.size()))));
  }

  /** The strongest category; null without any. All halve alike, so time doesn't change it. */
  public String favouriteCategory() {
    return top.isEmpty() ? null : top.get(0).categoryId();
  }

  private static void add(List<Interest> interests, String categoryId, double weight, Instant at) {
    for (int i = 0; i < interests.size(); i++) {
      Interest present = interests.get(i);
      if (present.categoryId().equals(categoryId)) {
        // A late event counts for what is left of it by the time of the present weight.
        Instant latest = at.isAfter(present.at()) ? at : present.at();
        double sum =
            present.weightAt(latest) + new Interest(categoryId, weight, at).weightAt(latest);
        interests.set(i, new Interest(categoryId, sum, latest));
        return;
      }
    }
    interests.add(new Interest(categoryId, weight, at));
  }
}
