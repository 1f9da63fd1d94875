package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/**
 * The binary form of everything remembered of one customer: less than 470 bytes for an ordinary
 * one. Each part has a codec, and a version, of its own.
 */
final class CustomerStateCodec extends Codec<CustomerState> {
  static final CustomerStateCodec INSTANCE = new CustomerStateCodec();

  private CustomerStateCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(CustomerState state, CompactWriter out) throws IOException {
    out.text(state.key().tenantId());
    out.text(state.key().customerId());
    boolean ownHoldoutKey = !state.holdoutKey().equals(state.key().customerId());
    out.text(ownHoldoutKey ? state.holdoutKey() : null);
    CustomerFactsCodec.INSTANCE.encode(state.facts(), out);
    StageEntryCodec.INSTANCE.encode(state.stage(), out);
    PopulationEntryCodec.INSTANCE.encode(state.population(), out);
    LastPublishedCodec.INSTANCE.encode(state.published(), out);
    EpisodeBookCodec.INSTANCE.encode(state.episodes(), out);
    RateWindowCodec.INSTANCE.encode(state.rate(), out);
    ErasureCodec.INSTANCE.encode(state.erasure(), out);
    out.instant(state.processedUpTo());
  }

  @Override
  public CustomerState read(int version, CompactReader in) throws IOException {
    CustomerKey key = new CustomerKey(in.text(), in.text());
    String ownHoldoutKey = in.text();
    return new CustomerState(
        key,
        ownHoldoutKey == null ? key.customerId() : ownHoldoutKey,
        CustomerFactsCodec.INSTANCE.decode(in),
        StageEntryCodec.INSTANCE.decode(in),
        PopulationEntryCodec.INSTANCE.decode(in),
        LastPublishedCodec.INSTANCE.decode(in),
        EpisodeBookCodec.INSTANCE.decode(in),
        RateWindowCodec.INSTANCE.decode(in),
        ErasureCodec.INSTANCE.decode(in),
        in.instant());
  }
}
