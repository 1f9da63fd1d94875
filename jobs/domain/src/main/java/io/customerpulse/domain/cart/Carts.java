package io.customerpulse.domain.cart;

import io.customerpulse.domain.event.Payload.CartChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * All carts of one customer, at most {@value #CART_LIMIT}: the least recently changed leaves first.
 *
 * @param all in the order in which they were first used
 */
public record Carts(List<Cart> all) {
  public static final int CART_LIMIT = 20;
  public static final Carts EMPTY = new Carts(List.of());

  /**
   * What an event did to one cart.
   *
   * @param carts all carts afterwards; they may know more though no line has changed
   * @param dropped lines and carts over a limit
   */
  public record Change(
      Carts carts, CartKey key, boolean changed, boolean grew, boolean empty, int dropped) {}

  /** The cart of a key; an empty one where there is none. */
  public Cart get(CartKey key) {
    for (Cart cart : all) {
      if (cart.key().equals(key)) {
        return cart;
      }
    }
    return Cart.empty(key, Instant.EPOCH);
  }

  /** Applies one cart event. */
  public Change with(CartKey key, CartChange change, Instant at) {
    return replacing(get(key).asOf(at).with(change, at));
  }

  /** What taking the lines of an order out changes, cart by cart. */
  public List<Change> without(Collection<String> skuIds, Instant at) {
    List<Change> changes = new ArrayList<>();
    Carts carts = this;
    for (Cart cart : all) {
      Cart.Change change = cart.asOf(at).without(skuIds, at);
      if (change.changed()) {
        Change applied = carts.replacing(change);
        changes.add(applied);
        carts = applied.carts();
      }
    }
    return changes;
  }

  /** Without the lines that have left silently by now, and without the carts that say nothing. */
  public Carts asOf(Instant now) {
    List<Cart> kept = new ArrayList<>(all.size());
    boolean same = true;
    for (Cart cart : all) {
      Cart current = cart.asOf(now);
      same &= current == cart;
      if (current.saysAnything(now)) {
        kept.add(current);
      } else {
        same = false;
      }
    }
    return same ? this : new Carts(List.copyOf(kept));
  }

  public long valueMinor() {
    long sum = 0;
    for (Cart cart : all) {
      sum += cart.valueMinor();
    }
    return sum;
  }

  /** Lines that are there, in all carts. */
  public int lineCount() {
    int count = 0;
    for (Cart cart : all) {
      count += cart.contents().size();
    }
    return count;
  }

  private Change replacing(Cart.Change change) {
    Cart next = change.next();
    int place = all.indexOf(get(next.key()));
    if (!change.changed() && place < 0 && next.wholeAt() == null) {
      return new Change(this, next.key(), false, false, true, change.dropped());
    }
    List<Cart> carts = new ArrayList<>(all);
    if (place < 0) {
      carts.add(next);
    } else {
      carts.set(place, next);
    }
    int dropped = change.dropped();
    if (carts.size() > CART_LIMIT) {
      carts.remove(carts.stream().min(Comparator.comparing(Cart::changedAt)).orElseThrow());
      dropped++;
    }
    return new Change(
        new Carts(List.copyOf(carts)),
        next.key(),
        change.changed(),
        change.grew(),
        next.isEmpty(),
        dropped);
  }
}
