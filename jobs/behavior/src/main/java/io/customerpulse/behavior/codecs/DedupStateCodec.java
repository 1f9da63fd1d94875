package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.Fingerprints;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.util.List;

/** The binary form of what is known of the events of one identifier. */
final class DedupStateCodec extends Codec<DedupState> {
  static final DedupStateCodec INSTANCE = new DedupStateCodec();

  private DedupStateCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(DedupState state, CompactWriter out) throws IOException {
    Fingerprints standing = state.standing();
    out.count(standing.size());
    long previousMillis = 0;
    for (int i = 0; i < standing.size(); i++) {
      out.long64(standing.hash(i));
      out.number(standing.timeMillis(i) - previousMillis);
      // Most clocks are right. Where the difference overflows, reading overflows back.
      out.number(standing.deviceTimeMillis(i) - standing.timeMillis(i));
      previousMillis = standing.timeMillis(i);
    }
    EventCodec.INSTANCE.encodeAll(state.pending(), out);
  }

  @Override
  public DedupState read(int version, CompactReader in) throws IOException {
    int size = in.size();
    long[] hashes = new long[size];
    long[] timesMillis = new long[size];
    long[] deviceTimesMillis = new long[size];
    long previousMillis = 0;
    for (int i = 0; i < size; i++) {
      hashes[i] = in.long64();
      timesMillis[i] = previousMillis + in.number();
      deviceTimesMillis[i] = timesMillis[i] + in.number();
      previousMillis = timesMillis[i];
    }
    List<BehaviorEvent> pending = EventCodec.INSTANCE.decodeAll(in);
    return new DedupState(pending, Fingerprints.of(hashes, timesMillis, deviceTimesMillis));
  }
}
