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

  private List<String> priced() {
    return carts.get(KEY).contents().stream()
        .map(line -> line.skuId() + "×" + line.quantity() + "@" + line.unitPriceMinor())
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
  void nothingOlderThanTheEmptyingOfACartThatNobodyKnewBringsItBack() {
    for (CartAction action : List.of(CartAction.REPLACE, CartAction.CLEAR)) {
      carts = Carts.EMPTY;
      assertThat(change(5, action).changed()).as("%s", action).isFalse();

      assertThat(change(0, CartAction.ADD, line("K", 1L, 100L)).grew()).as("%s", action).isFalse();
      carts = carts.asOf(at(10));
      assertThat(change(1, CartAction.SET, line("K", 1L, 100L)).grew()).as("%s", action).isFalse();
      assertThat(contents()).as("%s", action).isEmpty();
      assertThat(carts.asOf(at(5).plus(Cart.REMOVAL_LIFE)).all()).as("%s", action).isEmpty();
    }
  }

  @Test
  void whatEventsKeepSayingOfALineKeepsIt() {
    for (CartAction action : List.of(CartAction.SET, CartAction.REPLACE)) {
      carts = Carts.EMPTY;
      int month = 30 * 24 * 60;
      change(0, CartAction.ADD, line("K", 1L, 100L), line("L", 1L, 5L));
      for (int i = 1; i <= 4; i++) {
        Carts.Change same =
            action == CartAction.SET
                ? change(i * month, action, line("K", 1L, 100L))
                : change(i * month, action, line("K", 1L, 100L), line("L", 1L, 5L));
        assertThat(same.grew()).as("%s %d", action, i).isFalse();
      }

      assertThat(contents())
          .as("%s", action)
          .isEqualTo(action == CartAction.SET ? List.of("K×1") : List.of("K×1", "L×1"));
    }
  }

  @Test
  void hasOneLinePerSkuAndPriceAndTheLinesOfOneEventAddUp() {
    for (CartAction action : List.of(CartAction.ADD, CartAction.SET, CartAction.REPLACE)) {
      carts = Carts.EMPTY;
      change(0, action, line("K", 1L, 100L), line("K", 2L, 100L), line("K", 1L, 90L));
      assertThat(priced()).as("%s", action).containsExactly("K×3@100", "K×1@90");
      assertThat(carts.valueMinor()).isEqualTo(390);
    }
    assertThat(change(1, CartAction.ADD, line("K", 1L, 90L)).grew()).isTrue();
    assertThat(priced()).containsExactly("K×3@100", "K×2@90");
  }

  @Test
  void aRemovalTakesThePiecesOfTheLineThatCameLastFirst() {
    change(0, CartAction.ADD, line("K", 2L, 100L), line("L", 1L, 5L), line("K", 2L, 90L));
    // Whatever price it names, and although the first line was the last that grew.
    change(1, CartAction.ADD, line("K", 1L, 100L));
    change(2, CartAction.REMOVE, line("K", 1L, 100L));
    assertThat(priced()).containsExactly("K×3@100", "L×1@5", "K×1@90");
    change(3, CartAction.REMOVE, line("K", 1L, null), line("K", 1L, null));
    assertThat(priced()).containsExactly("K×2@100", "L×1@5");

    change(4, CartAction.ADD, line("K", 2L, 90L));
    change(5, CartAction.REMOVE, line("K", null, 90L));
    assertThat(priced()).containsExactly("L×1@5");
  }

  @Test
  void aSetSaysAllThatThereIsOfItsSkus() {
    change(0, CartAction.ADD, line("K", 2L, 100L), line("L", 1L, 5L), line("K", 2L, 90L));
    change(1, CartAction.SET, line("K", 3L, 100L));
    assertThat(priced()).containsExactly("K×3@100", "L×1@5");

    // Another price is another price of the same pieces: nothing has grown.
    Carts.Change cheaper = change(2, CartAction.SET, line("K", 3L, 80L));
    assertThat(cheaper.changed()).isTrue();
    assertThat(cheaper.grew()).isFalse();
    assertThat(priced()).containsExactly("L×1@5", "K×3@80");

    change(3, CartAction.SET, line("K", 1L, 80L), line("K", 1L, 70L));
    assertThat(priced()).containsExactly("L×1@5", "K×1@80", "K×1@70");
    change(4, CartAction.SET, line("K", 0L, 70L));
    assertThat(priced()).containsExactly("L×1@5");
  }

  @Test
  void aSetWithoutAPriceSaysHowManyThereAreAtThePricesThatTheyHave() {
    change(0, CartAction.ADD, line("K", 2L, 100L), line("K", 2L, 90L));
    change(1, CartAction.SET, line("K", 6L, null));
    assertThat(priced()).containsExactly("K×2@100", "K×4@90");
    change(2, CartAction.SET, line("K", 1L, null));
    assertThat(priced()).containsExactly("K×1@100");
    assertThat(change(3, CartAction.SET, line("K", 1L, null)).changed()).isFalse();
  }

  @Test
  void anEmptySetChangesNothing() {
    change(0, CartAction.ADD, line("K", 2L, 100L));
    assertThat(change(1, CartAction.SET).changed()).isFalse();
    assertThat(contents()).containsExactly("K×2");
  }

  @Test
  void whatIsSaidWithoutAPriceIsAboutTheLineThatCameLast() {
    change(0, CartAction.ADD, line("K", 1L, null), line("K", 1L, 100L));
    assertThat(priced()).containsExactly("K×2@100");
    change(1, CartAction.ADD, line("K", 1L, 90L), line("K", 1L, null));
    assertThat(priced()).containsExactly("K×2@100", "K×2@90");
    change(2, CartAction.SET, line("K", 5L, null), line("K", 1L, 80L));
    assertThat(priced()).containsExactly("K×6@80");
  }

  @Test
  void aSkuAtAnotherPriceIsOfTheSameProduct() {
    change(0, CartAction.ADD, new Line("K", "P", "C", 1L, 100L));
    change(1, CartAction.ADD, new Line("K", null, null, 1L, 90L));
    assertThat(carts.get(KEY).contents())
        .containsExactly(new Line("K", "P", "C", 1L, 100L), new Line("K", "P", "C", 1L, 90L));
  }

  @Test
  void aReplacementIsTheWholeCart() {
    change(0, CartAction.ADD, line("K", 1L, 100L), line("L", 2L, 700L), line("M", 1L, 5L));
    Carts.Change fewer = change(1, CartAction.REPLACE, line("L", 1L, 700L), line("K", 1L, null));
    assertThat(fewer.grew()).isFalse();
    assertThat(priced()).containsExactly("K×1@100", "L×1@700");

    // In another order: the same.
    assertThat(change(2, CartAction.REPLACE, line("L", 1L, 700L), line("K", 1L, 100L)).changed())
        .isFalse();
    assertThat(change(3, CartAction.REPLACE, line("K", 2L, 100L)).grew()).isTrue();
    assertThat(change(4, CartAction.REPLACE, line("K", 0L, 100L)).empty()).isTrue();

    change(5, CartAction.ADD, line("K", 1L, 100L));
    assertThat(change(6, CartAction.REPLACE).empty()).isTrue();
    assertThat(change(7, CartAction.REPLACE).changed()).isFalse();
  }

  @Test
  void nothingOlderThanAReplacementChangesTheCart() {
    change(0, CartAction.ADD, line("K", 1L, 100L));
    assertThat(change(10, CartAction.REPLACE, line("K", 1L, 100L)).changed()).isFalse();

    assertThat(change(5, CartAction.REPLACE, line("K", 1L, 100L), line("L", 1L, 100L)).changed())
        .isFalse();
    assertThat(change(6, CartAction.ADD, line("L", 1L, 100L)).changed()).isFalse();
    assertThat(change(7, CartAction.REMOVE, line("K", null, null)).changed()).isFalse();
    assertThat(change(11, CartAction.ADD, line("L", 1L, 100L)).grew()).isTrue();

    // One that comes late says nothing of what came after it.
    change(10, CartAction.REPLACE, line("M", 1L, 100L));
    assertThat(contents()).containsExactly("L×1", "M×1");
  }

  @Test
  void ofALongerReplacementTheFirstTwoHundredLinesAreTaken() {
    Line[] lines = new Line[Cart.LINE_LIMIT + 7];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line("K" + i, 1L, 100L);
    }
    assertThat(change(0, CartAction.REPLACE, lines).dropped()).isEqualTo(7);
    assertThat(contents()).hasSize(Cart.LINE_LIMIT).contains("K0×1").doesNotContain("K200×1");
    Carts.Change again = change(1, CartAction.REPLACE, lines);
    assertThat(again.changed()).isFalse();
    assertThat(again.dropped()).isEqualTo(7);
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
  void aTombstoneKeepsOlderChangesAtOtherPricesOutToo() {
    change(0, CartAction.ADD, line("K", 1L, 100L));
    change(10, CartAction.REMOVE, line("K", null, null));
    assertThat(change(5, CartAction.ADD, line("K", 1L, 90L)).changed()).isFalse();
    assertThat(change(11, CartAction.ADD, line("K", 1L, 90L)).grew()).isTrue();
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
  void theDearestCartsThatThereMayBeAddUp() {
    long dearest = 1_000_000_000_000_000L;
    for (int i = 0; i < Carts.CART_LIMIT; i++) {
      CartChange change =
          new CartChange(
              CartAction.ADD,
              "c" + i,
              List.of(line("K", Cart.QUANTITY_LIMIT, dearest), line("L", 1L, dearest)),
              "CNY");
      carts = carts.with(CartKey.of("wx1", "c" + i), change, at(i)).carts();
    }
    assertThat(carts.valueMinor()).isEqualTo(Carts.CART_LIMIT * Cart.VALUE_LIMIT_MINOR);
    carts = Carts.EMPTY;
    change(0, CartAction.ADD, line("K", 3L, dearest));
    assertThat(carts.valueMinor()).isEqualTo(3 * dearest);
  }

  @Test
  void keysOfDifferentCartsDiffer() {
    CartKey key = CartKey.of("a1", "b");
    assertThat(CartKey.of("a", "1b").asText()).isNotEqualTo(key.asText());
    assertThat(CartKey.fromText(key.asText())).isEqualTo(key);
    assertThat(CartKey.fromText(CartKey.of("a", null).asText()).cartId()).isEmpty();
  }
}
