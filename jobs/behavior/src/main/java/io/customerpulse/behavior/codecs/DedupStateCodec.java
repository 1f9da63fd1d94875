package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.Fingerprints;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of what is known of the events of one identifier. */
final class DedupStateCodec extends Codec<DedupState> {
  static final DedupStateCodec INSTANCE = new DedupStateCodec();

  private DedupStateCodec() {}

  @Override
  public int version() {
    return 2;
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
    out.oneByte(EventCodec.INSTANCE.version());
    out.list(state.pending(), EventCodec.INSTANCE::write);
  }

  @Override
  public DedupState read(int version, CompactReader in) throws IOException {
    return switch (version) {
      case 1, 2 -> readKnown(version, in);
      default -> throw unknown(version);
    };
  }

  private static DedupState readKnown(int version, CompactReader in) throws IOException {
    int size = in.size();
    long[] hashes = new long[size];
    long[] timesMillis = new long[size];
    long[] deviceTimesMillis = new long[size];
    long previousMillis = 0;
    for (int i = 0; i < size; i++) {
      hashes[i] = in.long64();
      timesMillis[i] = previousMillis + in.number();
      deviceTimesMillis[i] =
          version >= 2 ? timesMillis[i] + in.number() : Fingerprints.UNKNOWN_DEVICE_TIME;
      previousMillis = timesMillis[i];
    }
    int eventVersion = in.oneByte();
    return new DedupState(
        in.list(i -> EventCodec.INSTANCE.read(eventVersion, i)),
        Fingerprints.of(hashes, timesMillis, deviceTimesMillis));
  }
}
