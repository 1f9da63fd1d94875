package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.WaitingEvents;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of the events that wait for the watermark. */
final class WaitingEventsCodec extends Codec<WaitingEvents> {
  static final WaitingEventsCodec INSTANCE = new WaitingEventsCodec();

  private WaitingEventsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(WaitingEvents waiting, CompactWriter out) throws IOException {
    EventCodec.INSTANCE.encodeAll(waiting.events(), out);
  }

  @Override
  public WaitingEvents read(int version, CompactReader in) throws IOException {
    return new WaitingEvents(EventCodec.INSTANCE.decodeAll(in));
  }
}
