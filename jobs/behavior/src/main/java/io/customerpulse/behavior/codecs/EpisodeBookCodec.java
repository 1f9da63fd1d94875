package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.Episode.EventRef;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.FiredTrigger;
import io.customerpulse.domain.episode.FiredTrigger.Report;
import io.customerpulse.domain.episode.KindMemories;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.rule.RuleKinds;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The binary form of the episodes of a customer, and of what their kinds remember. */
final class EpisodeBookCodec extends Codec<EpisodeBook> {
  static final EpisodeBookCodec INSTANCE = new EpisodeBookCodec(RuleKinds.installed());

  private final RuleKinds kinds;

  /** For rules of certain kinds. */
  EpisodeBookCodec(RuleKinds kinds) {
    this.kinds = kinds;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(EpisodeBook book, CompactWriter out) throws IOException {
    out.list(book.live(), EpisodeBookCodec::writeEpisode);
    out.list(book.fires(), EpisodeBookCodec::writeFire);
    out.count(book.memories().byKind().size());
    for (EpisodeKind<?> kind : book.memories().byKind().keySet()) {
      writeMemory(kind, book.memories(), out);
    }
  }

  @Override
  public EpisodeBook read(int version, CompactReader in) throws IOException {
    return new EpisodeBook(
        in.list(EpisodeBookCodec::readEpisode), in.list(this::readFire), readMemories(in));
  }

  /** What a kind remembers has a version of its own. */
  private static <M> void writeMemory(EpisodeKind<M> kind, KindMemories memories, CompactWriter out)
      throws IOException {
    MemoryForm<M> form = kind.memoryForm();
    out.oneByte(kind.code());
    out.oneByte(form.version());
    form.write(memories.of(kind), new CompactFieldWriter(out));
  }

  private KindMemories readMemories(CompactReader in) throws IOException {
    KindMemories memories = KindMemories.NONE;
    for (int left = in.size(); left > 0; left--) {
      memories = readMemory(EpisodeKind.of(readKind(in)), memories, in);
    }
    return memories;
  }

  private static <M> KindMemories readMemory(
      EpisodeKind<M> kind, KindMemories before, CompactReader in) throws IOException {
    MemoryForm<M> form = kind.memoryForm();
    int version = in.oneByte();
    if (version < 1 || version > form.version()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The kind %s reads versions 1 to %d of what it remembers, this has %d: it was"
                  + " written by a newer release",
              kind,
              form.version(),
              version));
    }
    return before.with(kind, form.read(version, new CompactFieldReader(in)));
  }

  private TriggerKind readKind(CompactReader in) throws IOException {
    int code = in.oneByte();
    TriggerKind kind = kinds.ofCode(code);
    if (kind == null) {
      throw new IOException("The kind of rule with code " + code + " is of a newer release");
    }
    return kind;
  }

  private static void writeEpisode(Episode episode, CompactWriter out) throws IOException {
    out.text(episode.episodeId());
    out.text(episode.ruleId());
    out.count(episode.ruleVersion());
    out.text(episode.scopeKey());
    out.instant(episode.openedAt());
    out.text(episode.openedBy());
    out.instant(episode.refreshedAt());
    writeEventRef(episode, out);
    out.count(episode.judged());
    out.count(episode.held());
    out.instant(episode.heldUntil());
  }

  private static Episode readEpisode(CompactReader in) throws IOException {
    String episodeId = in.text();
    String ruleId = in.text();
    int ruleVersion = in.size();
    String scopeKey = in.text();
    var openedAt = in.instant();
    String openedBy = in.text();
    var refreshedAt = in.instant();
    return new Episode(
        episodeId,
        ruleId,
        ruleVersion,
        scopeKey,
        openedAt,
        openedBy,
        refreshedAt,
        readEventRef(openedBy, in),
        in.size(),
        in.size(),
        in.instant());
  }

  /** The refreshing event is most often the opening one, whose id is written already. */
  private static void writeEventRef(Episode episode, CompactWriter out) throws IOException {
    EventRef by = episode.refreshedBy();
    out.flag(by != null);
    if (by == null) {
      return;
    }
    boolean opened = by.eventId().equals(episode.openedBy());
    out.flag(opened);
    if (!opened) {
      out.text(by.eventId());
    }
    out.constant(EventCodec.TYPES, by.type());
    out.text(by.appId());
    out.text(by.platform());
    out.text(by.scene());
    if (by.type() == EventType.BROWSE) {
      out.text(by.productId());
    } else if (by.type() == EventType.PURCHASE) {
      out.text(by.orderId());
      out.numberOrNull(by.amountMinor());
      out.text(by.cartId());
    } else if (by.type() == EventType.CUSTOM) {
      out.text(by.name());
      out.map(by.attributes(), (value, o) -> o.scalar(value));
    } else if (by.type() == EventType.PROFILE) {
      out.map(by.attributes(), (value, o) -> o.scalar(value));
    }
  }

  private static EventRef readEventRef(String openedBy, CompactReader in) throws IOException {
    if (!in.flag()) {
      return null;
    }
    String eventId = in.flag() ? openedBy : in.text();
    EventType type = in.constant(EventCodec.TYPES);
    String appId = in.text();
    String platform = in.text();
    String scene = in.text();
    String productId = type == EventType.BROWSE ? in.text() : null;
    boolean purchase = type == EventType.PURCHASE;
    String orderId = purchase ? in.text() : null;
    Long amountMinor = purchase ? in.numberOrNull() : null;
    String cartId = purchase ? in.text() : null;
    boolean custom = type == EventType.CUSTOM;
    String name = custom ? in.text() : null;
    boolean attributed = custom || type == EventType.PROFILE;
    return new EventRef(
        eventId,
        type,
        appId,
        platform,
        scene,
        productId,
        orderId,
        amountMinor,
        cartId,
        name,
        attributed ? in.map(CompactReader::scalar) : Map.of());
  }

  private static void writeFire(FiredTrigger fire, CompactWriter out) throws IOException {
    out.text(fire.triggerId());
    out.text(fire.episodeId());
    out.text(fire.ruleId());
    out.count(fire.ruleVersion());
    out.oneByte(fire.kind().code());
    out.text(fire.scopeKey());
    out.instant(fire.openedAt());
    out.count(fire.step());
    out.instant(fire.dueAt());
    out.instant(fire.firedAt());
    out.instant(fire.validUntil());
    out.text(fire.variant());
    out.flag(fire.first());
    out.flag(fire.cancelled());
    out.list(fire.items(), (item, o) -> o.text(item));
    out.constant(
        EventCodec.MESSAGE_STATUSES, fire.report() == null ? null : fire.report().status());
    if (fire.report() != null) {
      out.instant(fire.report().at());
    }
  }

  private FiredTrigger readFire(CompactReader in) throws IOException {
    return new FiredTrigger(
        in.text(),
        in.text(),
        in.text(),
        in.size(),
        readKind(in),
        in.text(),
        in.instant(),
        in.size(),
        in.instant(),
        in.instant(),
        in.instant(),
        in.text(),
        in.flag(),
        in.flag(),
        in.list(CompactReader::text),
        readReport(in));
  }

  private static Report readReport(CompactReader in) throws IOException {
    MessageStatus status = in.constant(EventCodec.MESSAGE_STATUSES);
    return status == null ? null : new Report(status, in.instant());
  }
}
