package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.Episode.EventRef;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.EpisodeBook.BirthdayOpening;
import io.customerpulse.domain.episode.EpisodeBook.StageOpening;
import io.customerpulse.domain.episode.Fire;
import io.customerpulse.domain.episode.Fire.Report;
import io.customerpulse.domain.episode.Views;
import io.customerpulse.domain.episode.Views.ProductViews;
import io.customerpulse.domain.episode.Views.View;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;

/** The binary form of the episodes of a customer, and of what their kinds remember. */
final class EpisodeBookCodec extends Codec<EpisodeBook> {
  static final EpisodeBookCodec INSTANCE = new EpisodeBookCodec();

  static final EnumCodes<TriggerKind> TRIGGER_KINDS =
      EnumCodes.of(
          TriggerKind.class,
          TriggerKind.CART_ABANDONMENT,
          TriggerKind.REACTIVATION,
          TriggerKind.UNPAID_ORDER,
          TriggerKind.BROWSE_ABANDONMENT,
          TriggerKind.STAGE_ENTERED,
          TriggerKind.SEGMENT_ENTERED,
          TriggerKind.POST_PURCHASE,
          TriggerKind.BIRTHDAY);

  private EpisodeBookCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(EpisodeBook book, CompactWriter out) throws IOException {
    out.list(book.live(), EpisodeBookCodec::writeEpisode);
    out.list(book.fires(), EpisodeBookCodec::writeFire);
    out.list(book.stageOpenings(), EpisodeBookCodec::writeStageOpening);
    out.list(book.birthdays(), EpisodeBookCodec::writeBirthdayOpening);
    out.count(book.segment());
    out.list(book.views().products(), EpisodeBookCodec::writeProductViews);
  }

  @Override
  public EpisodeBook read(int version, CompactReader in) throws IOException {
    return new EpisodeBook(
        in.list(EpisodeBookCodec::readEpisode),
        in.list(EpisodeBookCodec::readFire),
        in.list(EpisodeBookCodec::readStageOpening),
        in.list(EpisodeBookCodec::readBirthdayOpening),
        in.size(),
        new Views(in.list(EpisodeBookCodec::readProductViews)));
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

  private static void writeFire(Fire fire, CompactWriter out) throws IOException {
    out.text(fire.triggerId());
    out.text(fire.episodeId());
    out.text(fire.ruleId());
    out.count(fire.ruleVersion());
    out.constant(TRIGGER_KINDS, fire.kind());
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

  private static Fire readFire(CompactReader in) throws IOException {
    return new Fire(
        in.text(),
        in.text(),
        in.text(),
        in.size(),
        in.constant(TRIGGER_KINDS),
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

  private static void writeStageOpening(StageOpening opening, CompactWriter out)
      throws IOException {
    out.text(opening.ruleId());
    out.instant(opening.stageSince());
    out.instant(opening.openedAt());
  }

  private static StageOpening readStageOpening(CompactReader in) throws IOException {
    return new StageOpening(in.text(), in.instant(), in.instant());
  }

  private static void writeBirthdayOpening(BirthdayOpening opening, CompactWriter out)
      throws IOException {
    out.text(opening.ruleId());
    out.number(opening.day().toEpochDay());
  }

  private static BirthdayOpening readBirthdayOpening(CompactReader in) throws IOException {
    return new BirthdayOpening(in.text(), LocalDate.ofEpochDay(in.number()));
  }

  private static void writeProductViews(ProductViews product, CompactWriter out)
      throws IOException {
    out.text(product.productId());
    out.list(product.views(), EpisodeBookCodec::writeView);
  }

  private static ProductViews readProductViews(CompactReader in) throws IOException {
    return new ProductViews(in.text(), in.list(EpisodeBookCodec::readView));
  }

  private static void writeView(View view, CompactWriter out) throws IOException {
    out.instant(view.at());
    out.number(view.session());
  }

  private static View readView(CompactReader in) throws IOException {
    return new View(in.instant(), (int) in.number());
  }
}
