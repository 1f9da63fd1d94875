package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.order.OlderOrders;
import io.customerpulse.domain.order.Order;
import io.customerpulse.domain.order.Order.AppliedRefund;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderTraces;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of the orders of a customer. */
final class OrderBookCodec extends Codec<OrderBook> {
  static final OrderBookCodec INSTANCE = new OrderBookCodec();

  private OrderBookCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(OrderBook book, CompactWriter out) throws IOException {
    out.list(book.orders(), OrderBookCodec::writeOrder);
    writeOlder(book.older(), out);
    out.list(book.waiting(), EventCodec::writeRefund);
    out.number(book.forfeitedMinor());
  }

  @Override
  public OrderBook read(int version, CompactReader in) throws IOException {
    return new OrderBook(
        in.list(OrderBookCodec::readOrder),
        readOlder(in),
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

  private static OlderOrders readOlder(CompactReader in) throws IOException {
    return new OlderOrders(
        in.count(), in.number(), in.instant(), in.count(), in.instant(), readTraces(in));
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
    out.list(order.refunds(), OrderBookCodec::writeAppliedRefund);
  }

  private static Order readOrder(CompactReader in) throws IOException {
    return new Order(
        in.text(),
        in.instant(),
        in.instant(),
        in.flag(),
        in.number(),
        in.instant(),
        in.instant(),
        in.list(OrderBookCodec::readAppliedRefund));
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
}
