package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.ingest.StandingCopies;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of the accepted events of one id. */
final class StandingCopiesCodec extends Codec<StandingCopies> {
  static final StandingCopiesCodec INSTANCE = new StandingCopiesCodec();

  private StandingCopiesCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(StandingCopies copies, CompactWriter out) throws IOException {
    out.count(copies.size());
    long previousMillis = 0;
    for (int i = 0; i < copies.size(); i++) {
      out.number(copies.timeMillis(i) - previousMillis);
      // Most clocks are right. Where the difference overflows, reading overflows back.
      out.number(copies.deviceTimeMillis(i) - copies.timeMillis(i));
      previousMillis = copies.timeMillis(i);
    }
  }

  @Override
  public StandingCopies read(int version, CompactReader in) throws IOException {
    int size = in.size();
    long[] timesMillis = new long[size];
    long[] deviceTimesMillis = new long[size];
    long previousMillis = 0;
    for (int i = 0; i < size; i++) {
      timesMillis[i] = previousMillis + in.number();
      deviceTimesMillis[i] = timesMillis[i] + in.number();
      previousMillis = timesMillis[i];
    }
    return StandingCopies.of(timesMillis, deviceTimesMillis);
  }
}
