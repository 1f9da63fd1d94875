package io.customerpulse.domain.cart;

import static io.customerpulse.domain.oracle.Given.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CartTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final CartKey KEY = CartKey.of("wx1", "c1");

  private Carts carts = Carts.EMPTY;

  private Carts.Change change(int minute, CartAction action, Line... lines) {
    Carts.Change change =
        carts.with(KEY, new CartChange(action, "c1", List.of(lines), "CNY"), at(minute));
    carts = change.carts();
    return change;
  }

  private static Instant at(int minute) {
    return T.plus(Duration.ofMinutes(minute));
  }

  private List<String> contents() {
    return carts.get(KEY).contents().stream()
        .map(line -> line.skuId() + "×" + line.quantity())
        .toList();
  }

  @Test
  void addsUpAndTakesAway() {
    assertThat(change(0, CartAction.ADD, line("K", 2L, 100L)).grew()).isTrue();
    assertThat(change(1, CartAction.ADD, line("K", 1L, 100L)).grew()).isTrue();
    assertThat(contents()).containsExactly("K×3");

    Carts.Change less = change(2, CartAction.REMOVE, line("K", 2L, null));
    assertThat(less.changed()).isTrue();
    assertThat(less.grew()).isFalse();
    assertThat(contents()).containsExactly("K×1");

    assertThat(change(3, CartAction.REMOVE, line("K", null, null)).empty()).isTrue();
    assertThat(contents()).isEmpty();
  }

  @Test
  void whatLeavesTheLinesEqualIsNoChange() {
    change(0, CartAction.ADD, line("K", 2L, 100L));

    assertThat(change(1, CartAction.REMOVE, line("absent", null, null)).changed()).isFalse();
    assertThat(change(1, CartAction.SET, line("K", 2L, 100L)).changed()).isFalse();
    assertThat(change(1, CartAction.SET, line("absent", 0L, 100L)).changed()).isFalse();
    assertThat(change(1, CartAction.ADD, line("K", 0L, 100L)).changed()).isFalse();
    assertThat(change(1, CartAction.SET, line("K", 2L, 90L)).changed()).isTrue();
    assertThat(change(2, CartAction.CLEAR).changed()).isTrue();
    assertThat(change(3, CartAction.CLEAR).changed()).isFalse();
  }

  @Test
  void setsAQuantityAndZeroRemoves() {
    assertThat(change(0, CartAction.SET, line("K", 5L, 100L)).grew()).isTrue();
    assertThat(change(1, CartAction.SET, line("K", 2L, 100L)).grew()).isFalse();
    assertThat(contents()).containsExactly("K×2");
    assertThat(change(2, CartAction.SET, line("K", 0L, 100L)).empty()).isTrue();
  }

  @Test
  void anUnknownPriceIsNoValueAndAnEarlierOneStands() {
    change(0, CartAction.ADD, line("K", 2L, null), line("L", 1L, 0L), line("M", 3L, 100L));
    assertThat(carts.lineCount()).isEqualTo(3);
    assertThat(carts.valueMinor()).isEqualTo(300);

    change(1, CartAction.ADD, line("M", 1L, null));
    assertThat(carts.valueMinor()).isEqualTo(400);
  }

  @Test
  void anOrderTakesWholeLinesOutOfAllCarts() {
    change(0, CartAction.ADD, line("K", 2L, 100L), line("L", 1L, 100L));
    CartKey other = CartKey.of("wx2", null);
    carts =
        carts
            .with(
                other,
                new CartChange(CartAction.ADD, null, List.of(line("K", 9L, 100L)), "CNY"),
                at(0))
            .carts();

    List<Carts.Change> changes = carts.without(List.of("K", "absent"), at(1));
    assertThat(changes).extracting(Carts.Change::key).containsExactly(KEY, other);
    assertThat(changes).extracting(Carts.Change::empty).containsExactly(false, true);
    assertThat(changes).extracting(Carts.Change::grew).containsOnly(false);
  }

  @Test
  void aTombstoneKeepsOlderChangesOut() {
    change(0, CartAction.ADD, line("K", 1L, 100L));
    change(10, CartAction.REMOVE, line("K", null, null));

    assertThat(change(5, CartAction.ADD, line("K", 1L, 100L)).changed()).isFalse();
    assertThat(contents()).isEmpty();
    assertThat(change(11, CartAction.ADD, line("K", 1L, 100L)).grew()).isTrue();
  }

  @Test
  void aTombstoneIsForgottenAfterSevenDays() {
    change(0, CartAction.ADD, line("K", 1L, 100L));
    change(0, CartAction.REMOVE, line("K", null, null));
    assertThat(carts.asOf(T.plus(Cart.REMOVAL_LIFE).minusMillis(1)).all()).hasSize(1);
    assertThat(carts.asOf(T.plus(Cart.REMOVAL_LIFE)).all()).isEmpty();
  }

  @Test
  void aLineLeavesAfterNinetyDaysUntouched() {
    change(0, CartAction.ADD, line("K", 1L, 100L));
    change(1, CartAction.ADD, line("L", 1L, 100L));
    assertThat(carts.asOf(at(0).plus(Cart.LINE_LIFE).minusMillis(1)).lineCount()).isEqualTo(2);
    assertThat(carts.asOf(at(0).plus(Cart.LINE_LIFE)).lineCount()).isEqualTo(1);
    assertThat(carts.asOf(at(1).plus(Cart.LINE_LIFE)).lineCount()).isZero();
  }

  @Test
  void ofMoreThanTwoHundredLinesTheLeastRecentlyChangedGo() {
    for (int i = 0; i < Cart.LINE_LIMIT; i++) {
      change(i, CartAction.ADD, line("K" + i, 1L, 100L));
    }
    change(500, CartAction.ADD, line("K0", 1L, 100L));
    assertThat(change(501, CartAction.ADD, line("one more", 1L, 100L)).dropped()).isEqualTo(1);

    assertThat(contents()).hasSize(Cart.LINE_LIMIT).contains("K0×2").doesNotContain("K1×1");
  }

  @Test
  void ofMoreThanTwentyCartsTheLeastRecentlyChangedGoes() {
    for (int i = 0; i <= Carts.CART_LIMIT; i++) {
      CartKey key = CartKey.of("wx1", "c" + i);
      CartChange change =
          new CartChange(CartAction.ADD, "c" + i, List.of(line("K", 1L, 1L)), "CNY");
      carts = carts.with(key, change, at(i)).carts();
    }
    assertThat(carts.all()).hasSize(Carts.CART_LIMIT);
    assertThat(carts.get(CartKey.of("wx1", "c0")).isEmpty()).isTrue();
  }

  @Test
  void quantityAndValueAreBounded() {
    change(0, CartAction.ADD, line("K", Cart.QUANTITY_LIMIT, Long.MAX_VALUE / 4_000_000));
    change(1, CartAction.ADD, line("K", Cart.QUANTITY_LIMIT, null));
    assertThat(contents()).containsExactly("K×" + Cart.QUANTITY_LIMIT);
    assertThat(carts.get(KEY).valueMinor()).isEqualTo(Cart.VALUE_LIMIT_MINOR);
  }

  @Test
  void keysOfDifferentCartsDiffer() {
    CartKey key = CartKey.of("a1", "b");
    assertThat(CartKey.of("a", "1b").asText()).isNotEqualTo(key.asText());
    assertThat(CartKey.fromText(key.asText())).isEqualTo(key);
    assertThat(CartKey.fromText(CartKey.of("a", null).asText()).cartId()).isEmpty();
  }
}
