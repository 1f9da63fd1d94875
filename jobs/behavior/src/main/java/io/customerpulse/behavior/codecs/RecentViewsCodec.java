package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.view.RecentViews;
import io.customerpulse.domain.view.RecentViews.View;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;

/** The binary form of the views that counted last. */
final class RecentViewsCodec extends Codec<RecentViews> {
  static final RecentViewsCodec INSTANCE = new RecentViewsCodec();

  private RecentViewsCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(RecentViews recent, CompactWriter out) throws IOException {
    out.list(recent.views(), RecentViewsCodec::writeView);
  }

  @Override
  public RecentViews read(int version, CompactReader in) throws IOException {
    return new RecentViews(in.list(RecentViewsCodec::readView));
  }

  private static void writeView(View view, CompactWriter out) throws IOException {
    out.instant(view.at());
    out.number(view.thing());
    out.number(view.visit());
  }

  private static View readView(CompactReader in) throws IOException {
    return new View(in.instant(), (int) in.number(), (int) in.number());
  }
}
