package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.order.OlderOrders;
import io.customerpulse.domain.order.Order;
import io.customerpulse.domain.order.Order.AppliedRefund;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderTraces;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.time.Instant;

/** The orders of a customer within {@link CustomerStateCodec}, whose versions these are. */
final class OrderCodec {
  private OrderCodec() {}

  static void write(OrderBook book, CompactWriter out) throws IOException {
    out.list(book.orders(), OrderCodec::writeOrder);
    writeOlder(book.older(), out);
    out.list(book.waiting(), EventCodec::writeRefund);
    out.number(book.forfeitedMinor());
  }

  static OrderBook read(int version, CompactReader in) throws IOException {
    return new OrderBook(
        in.list(i -> readOrder(version, i)),
        readOlder(version, in),
        in.list(EventCodec::readRefund),
        in.number());
  }

  private static void writeOlder(OlderOrders older, CompactWriter out) throws IOException {
    out.count(older.count());
    out.number(older.netMinor());
    out.instant(older.firstAt());
    out.count(older.days());
    out.instant(older.lastDayAt());
    OrderTraces traces = older.traces();
    out.count(traces.size());
    for (int i = 0; i < traces.size(); i++) {
      out.long64(traces.hash(i));
      out.number(traces.netMinor(i));
    }
  }

  private static OlderOrders readOlder(int version, CompactReader in) throws IOException {
    return new OlderOrders(
        in.count(),
        in.number(),
        in.instant(),
        in.count(),
        in.instant(),
        version >= 2 ? readTraces(in) : OrderTraces.NONE);
  }

  private static OrderTraces readTraces(CompactReader in) throws IOException {
    int size = in.size();
    long[] hashes = new long[size];
    long[] netsMinor = new long[size];
    for (int i = 0; i < size; i++) {
      hashes[i] = in.long64();
      netsMinor[i] = in.number();
    }
    return OrderTraces.of(hashes, netsMinor);
  }

  private static void writeOrder(Order order, CompactWriter out) throws IOException {
    out.text(order.orderId());
    out.instant(order.knownAt());
    out.instant(order.paidAt());
    out.flag(order.onCompletion());
    out.number(order.amountMinor());
    out.instant(order.confirmedAt());
    out.instant(order.closedAt());
    out.list(order.refunds(), OrderCodec::writeAppliedRefund);
  }

  /** Before version 2 it wasn't known whether an order was confirmed after its payment. */
  private static Order readOrder(int version, CompactReader in) throws IOException {
    String key = in.text();
    Instant knownAt = in.instant();
    Instant paidAt = in.instant();
    return new Order(
        key,
        knownAt,
        paidAt,
        in.flag(),
        in.number(),
        version >= 2 ? in.instant() : paidAt,
        in.instant(),
        in.list(OrderCodec::readAppliedRefund));
  }

  private static void writeAppliedRefund(AppliedRefund refund, CompactWriter out)
      throws IOException {
    out.text(refund.refundId());
    out.number(refund.amountMinor());
    out.flag(refund.full());
  }

  private static AppliedRefund readAppliedRefund(CompactReader in) throws IOException {
    return new AppliedRefund(in.text(), in.number(), in.flag());
  }

  static void writeRecentPurchase(RecentPurchase purchase, CompactWriter out) throws IOException {
    out.instant(purchase.at());
    out.text(purchase.orderId());
    out.number(purchase.amountMinor());
    out.text(purchase.cartId());
    out.list(purchase.skuIds(), (sku, o) -> o.text(sku));
    out.list(purchase.productIds(), (product, o) -> o.text(product));
    out.flag(purchase.repeated());
  }

  static RecentPurchase readRecentPurchase(int version, CompactReader in) throws IOException {
    return new RecentPurchase(
        in.instant(),
        in.text(),
        in.number(),
        in.text(),
        in.list(CompactReader::text),
        in.list(CompactReader::text),
        version >= 2 && in.flag());
  }
}
