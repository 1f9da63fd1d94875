package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.order.RecentPurchases;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what a customer bought lately. */
final class RecentPurchasesCodec extends Codec<RecentPurchases> {
  static final RecentPurchasesCodec INSTANCE = new RecentPurchasesCodec();

  private RecentPurchasesCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(RecentPurchases recent, CompactWriter out) throws IOException {
    out.list(recent.all(), RecentPurchasesCodec::writePurchase);
  }

  @Override
  public RecentPurchases read(int version, CompactReader in) throws IOException {
    return new RecentPurchases(in.list(RecentPurchasesCodec::readPurchase));
  }

  private static void writePurchase(RecentPurchase purchase, CompactWriter out) throws IOException {
    out.instant(purchase.at());
    out.text(purchase.orderId());
    out.number(purchase.amountMinor());
    out.text(purchase.cartId());
    out.list(purchase.skuIds(), (sku, o) -> o.text(sku));
    out.list(purchase.productIds(), (product, o) -> o.text(product));
    out.flag(purchase.repeated());
  }

  private static RecentPurchase readPurchase(CompactReader in) throws IOException {
    return new RecentPurchase(
        in.instant(),
        in.text(),
        in.number(),
        in.text(),
        in.list(CompactReader::text),
        in.list(CompactReader::text),
        in.flag());
  }
}
