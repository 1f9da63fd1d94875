package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of the carts of a customer. */
final class CartsCodec extends Codec<Carts> {
  static final CartsCodec INSTANCE = new CartsCodec();

  private CartsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Carts carts, CompactWriter out) throws IOException {
    out.list(carts.all(), CartsCodec::writeCart);
  }

  @Override
  public Carts read(int version, CompactReader in) throws IOException {
    return new Carts(in.list(CartsCodec::readCart));
  }

  private static void writeCart(Cart cart, CompactWriter out) throws IOException {
    out.text(cart.key().appId());
    out.text(cart.key().cartId());
    out.list(cart.lines(), CartsCodec::writeCartLine);
    out.instant(cart.changedAt());
    out.instant(cart.wholeAt());
  }

  private static Cart readCart(CompactReader in) throws IOException {
    return new Cart(
        new CartKey(in.text(), in.text()),
        in.list(CartsCodec::readCartLine),
        in.instant(),
        in.instant());
  }

  private static void writeCartLine(CartLine line, CompactWriter out) throws IOException {
    EventCodec.writeLine(line.line(), out);
    out.instant(line.changedAt());
  }

  private static CartLine readCartLine(CompactReader in) throws IOException {
    return new CartLine(EventCodec.readLine(in), in.instant());
  }
}
