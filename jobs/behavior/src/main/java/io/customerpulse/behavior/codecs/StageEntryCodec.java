package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageEntry;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;

/** The binary form of the stage of a customer. */
final class StageEntryCodec extends Codec<StageEntry> {
  static final StageEntryCodec INSTANCE = new StageEntryCodec();

  private static final EnumCodes<Stage> STAGES =
      EnumCodes.of(
          Stage.class,
          Stage.PROSPECT,
          Stage.NEW,
          Stage.REPEAT,
          Stage.LOYAL,
          Stage.AT_RISK,
          Stage.DORMANT,
          Stage.LOST);

  private StageEntryCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(StageEntry entry, CompactWriter out) throws IOException {
    out.constant(STAGES, entry.stage());
    out.instant(entry.since());
    out.flag(entry.bySilence());
  }

  @Override
  public StageEntry read(int version, CompactReader in) throws IOException {
    return new StageEntry(in.constant(STAGES), in.instant(), in.flag());
  }
}
