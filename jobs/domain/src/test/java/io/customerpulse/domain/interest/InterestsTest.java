package io.customerpulse.domain.interest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customerpulse.domain.interest.Interests.Interest;
import io.customerpulse.domain.interest.Interests.Strength;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestsTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Instant HALF = T.plus(Interests.HALF_LIFE);

  private static Interests none() {
    return Interests.NONE;
  }

  @Test
  void aPurchaseSaysMoreThanACartAndACartMoreThanAView() {
    Interests interests =
        none()
            .with(List.of("view"), Strength.VIEW, T)
            .with(List.of("cart"), Strength.CART_ADD, T)
            .with(List.of("bought"), Strength.PURCHASE, T);
    assertThat(interests.top())
        .extracting(Interest::categoryId)
        .containsExactly("bought", "cart", "view");
    assertThat(interests.top()).extracting(Interest::weight).containsExactly(5.0, 3.0, 1.0);
    assertThat(interests.favouriteCategory()).isEqualTo("bought");
    assertThat(none().favouriteCategory()).isNull();
  }

  @Test
  void weightsHalveInThirtyDays() {
    Interests interests =
        none().with(List.of("C"), Strength.PURCHASE, T).with(List.of("C"), Strength.VIEW, HALF);
    assertThat(interests.top())
        .singleElement()
        .satisfies(interest -> assertThat(interest.weight()).isCloseTo(3.5, within(1e-12)));

    // Five a half-life ago are less than three today.
    assertThat(
            none()
                .with(List.of("old"), Strength.PURCHASE, T)
                .with(List.of("young"), Strength.CART_ADD, HALF)
                .favouriteCategory())
        .isEqualTo("young");
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    Interests inOrder =
        none().with(List.of("C"), Strength.PURCHASE, T).with(List.of("C"), Strength.VIEW, HALF);
    Interests late =
        none().with(List.of("C"), Strength.VIEW, HALF).with(List.of("C"), Strength.PURCHASE, T);
    assertThat(late).isEqualTo(inOrder);
  }

  @Test
  void theBestFiveAreKeptAndTiesGoByName() {
    Interests interests = none().with(List.of("f", "e", "d", "c", "b", "a"), Strength.VIEW, T);
    assertThat(interests.top())
        .extracting(Interest::categoryId)
        .containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void anEventWithoutCategorySaysNothing() {
    assertThat(none().with(List.of(), Strength.PURCHASE, T)).isSameAs(none());
  }
}
