package io.customerpulse.domain.order;

import io.customerpulse.domain.event.ContentHash;
import java.util.Arrays;

/**
 * What is left of the orders that aren't kept one by one any more: a hash of each, with what it
 * still contributes to money, and a hash of each refund that was taken off it. So none of them
 * counts twice, and a refund finds its order. The first to come are the first to go.
 *
 * <p>Two arrays instead of a list of pairs, because all of it is read and written with every event
 * of a customer with so many orders. 64 bits: among {@value #LIMIT} a mistaken match has a
 * probability below 10⁻¹⁰.
 */
public final class OrderTraces {
  /** Hashes of one customer's older orders and their refunds. */
  public static final int LIMIT = 20_000;

  public static final OrderTraces NONE = new OrderTraces(new long[0], new long[0]);

  /** What an order contributes that doesn't count, and a refund. */
  static final long NOTHING = -1;

  private final long[] hashes;
  private final long[] netsMinor;

  private OrderTraces(long[] hashes, long[] netsMinor) {
    this.hashes = hashes;
    this.netsMinor = netsMinor;
  }

  /**
   * Traces as their accessors gave them.
   *
   * @throws IllegalArgumentException where the arrays differ in length
   */
  public static OrderTraces of(long[] hashes, long[] netsMinor) {
    if (hashes.length != netsMinor.length) {
      throw new IllegalArgumentException(
          hashes.length + " hashes with " + netsMinor.length + " amounts");
    }
    return new OrderTraces(hashes.clone(), netsMinor.clone());
  }

  public int size() {
    return hashes.length;
  }

  public long hash(int index) {
    return hashes[index];
  }

  /** In minor units; −1 of an order that doesn't count, and of a refund. */
  public long netMinor(int index) {
    return netsMinor[index];
  }

  /** Where an order is; −1 where it isn't known. */
  int find(String key) {
    return hashes.length == 0 ? -1 : find(hashOf(key));
  }

  boolean hasRefund(String key, String refundId) {
    return find(hashOf(key, refundId)) >= 0;
  }

  private int find(long hash) {
    for (int i = hashes.length - 1; i >= 0; i--) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  /** With an order that leaves the detail, and what can still change what it contributes. */
  OrderTraces with(Order leaving) {
    if (!leaving.isCounting()) {
      return with(hashOf(leaving.orderId()), NOTHING);
    }
    OrderTraces next = with(hashOf(leaving.orderId()), leaving.netMinor());
    for (Order.AppliedRefund refund : leaving.refunds()) {
      next = next.withRefund(leaving.orderId(), refund.refundId());
    }
    return next;
  }

  OrderTraces withRefund(String key, String refundId) {
    return with(hashOf(key, refundId), NOTHING);
  }

  private OrderTraces with(long hash, long netMinor) {
    int size = hashes.length;
    long[] moreHashes = Arrays.copyOf(hashes, size + 1);
    long[] moreNets = Arrays.copyOf(netsMinor, size + 1);
    moreHashes[size] = hash;
    moreNets[size] = netMinor;
    return new OrderTraces(moreHashes, moreNets);
  }

  OrderTraces contributing(int index, long netMinor) {
    long[] nets = netsMinor.clone();
    nets[index] = netMinor;
    return new OrderTraces(hashes, nets);
  }

  OrderTraces withoutFirst(int count) {
    return new OrderTraces(
        Arrays.copyOfRange(hashes, count, hashes.length),
        Arrays.copyOfRange(netsMinor, count, netsMinor.length));
  }

  private static long hashOf(String key) {
    return ContentHash.number("order", key);
  }

  private static long hashOf(String key, String refundId) {
    return ContentHash.number("refund", key, refundId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrderTraces that
        && Arrays.equals(hashes, that.hashes)
        && Arrays.equals(netsMinor, that.netsMinor);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes) * 31 + Arrays.hashCode(netsMinor);
  }

  @Override
  public String toString() {
    return hashes.length + " traces";
  }
}
