package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.CustomerFacts;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what events have told of a customer. */
final class CustomerFactsCodec extends Codec<CustomerFacts> {
  static final CustomerFactsCodec INSTANCE = new CustomerFactsCodec();

  private CustomerFactsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(CustomerFacts facts, CompactWriter out) throws IOException {
    KnownIdentifiersCodec.INSTANCE.encode(facts.identifiers(), out);
    SightingsCodec.INSTANCE.encode(facts.sightings(), out);
    OrderBookCodec.INSTANCE.encode(facts.orders(), out);
    CartsCodec.INSTANCE.encode(facts.carts(), out);
    InterestsCodec.INSTANCE.encode(facts.interests(), out);
    SelfReportedCodec.INSTANCE.encode(facts.selfReported(), out);
    RecentPurchasesCodec.INSTANCE.encode(facts.recentPurchases(), out);
    RecentViewsCodec.INSTANCE.encode(facts.recentViews(), out);
  }

  @Override
  public CustomerFacts read(int version, CompactReader in) throws IOException {
    return new CustomerFacts(
        KnownIdentifiersCodec.INSTANCE.decode(in),
        SightingsCodec.INSTANCE.decode(in),
        OrderBookCodec.INSTANCE.decode(in),
        CartsCodec.INSTANCE.decode(in),
        InterestsCodec.INSTANCE.decode(in),
        SelfReportedCodec.INSTANCE.decode(in),
        RecentPurchasesCodec.INSTANCE.decode(in),
        RecentViewsCodec.INSTANCE.decode(in));
  }
}
