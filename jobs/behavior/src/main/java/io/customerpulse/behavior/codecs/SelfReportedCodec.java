package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.profile.SelfReported.LastWrite;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.util.Map;

/** The binary form of what a customer told of themselves. */
final class SelfReportedCodec extends Codec<SelfReported> {
  static final SelfReportedCodec INSTANCE = new SelfReportedCodec();

  private SelfReportedCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(SelfReported reported, CompactWriter out) throws IOException {
    writeLastWrite(reported.birthday(), out);
    writeLastWrite(reported.zone(), out);
    writeLastWrite(reported.level(), out);
    writeLastWrite(reported.city(), out);
    writeLastWrite(reported.marketingConsent(), out);
    out.map(reported.attributes(), SelfReportedCodec::writeLastWrite);
  }

  @Override
  public SelfReported read(int version, CompactReader in) throws IOException {
    LastWrite<String> birthday = readText(in);
    LastWrite<String> zone = readText(in);
    LastWrite<String> level = readText(in);
    LastWrite<String> city = readText(in);
    LastWrite<Object> consent = readLastWrite(in);
    Map<String, LastWrite<Object>> attributes = in.map(SelfReportedCodec::readLastWrite);
    return new SelfReported(
        birthday,
        zone,
        level,
        city,
        consent == null ? null : new LastWrite<>((Boolean) consent.value(), consent.at()),
        attributes);
  }

  private static void writeLastWrite(LastWrite<?> written, CompactWriter out) throws IOException {
    out.scalar(written == null ? null : written.value());
    if (written != null) {
      out.instant(written.at());
    }
  }

  /** A fact that was written has a value. */
  private static LastWrite<Object> readLastWrite(CompactReader in) throws IOException {
    Object value = in.scalar();
    return value == null ? null : new LastWrite<>(value, in.instant());
  }

  private static LastWrite<String> readText(CompactReader in) throws IOException {
    LastWrite<Object> written = readLastWrite(in);
    return written == null ? null : new LastWrite<>((String) written.value(), written.at());
  }
}
