package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.CustomerState.Counted;
import io.customerpulse.domain.customer.CustomerState.Published;
import io.customerpulse.domain.customer.RateWindow;
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
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Interest;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.profile.Facts;
import io.customerpulse.domain.profile.Facts.Told;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.domain.view.RecentViews;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The binary form of everything remembered of one customer: less than 470 bytes for an ordinary
 * one.
 */
final class CustomerStateCodec extends Codec<CustomerState> {
  static final CustomerStateCodec INSTANCE = new CustomerStateCodec();

  private static final EnumCodes<IdentifierKind> IDENTIFIER_KINDS =
      EnumCodes.of(
          IdentifierKind.class,
          IdentifierKind.USER_ID,
          IdentifierKind.UNIONID,
          IdentifierKind.PHONE_HASH,
          IdentifierKind.OPENID,
          IdentifierKind.ANONYMOUS_ID);
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

  private CustomerStateCodec() {}

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void write(CustomerState state, CompactWriter out) throws IOException {
    out.text(state.key().tenantId());
    out.text(state.key().customerId());
    boolean ownHoldoutKey = !state.holdoutKey().equals(state.key().customerId());
    out.text(ownHoldoutKey ? state.holdoutKey() : null);
    out.list(state.identifiers().all(), CustomerStateCodec::writeIdentifier);
    out.instant(state.firstSeenAt());
    out.instant(state.lastSeenAt());
    out.instant(state.lastActivityAt());
    OrderCodec.write(state.orders(), out);
    out.list(state.carts().all(), CustomerStateCodec::writeCart);
    out.list(state.interests().top(), CustomerStateCodec::writeInterest);
    writeFacts(state.facts(), out);
    out.constant(STAGES, state.stage());
    out.instant(state.stageSince());
    out.flag(state.stageBySilence());
    writeEpisodes(state.episodes(), out);
    out.list(state.recentPurchases(), OrderCodec::writeRecentPurchase);
    out.list(state.rate().accepted(), (at, o) -> o.instant(at));
    PopulationCodecs.writeStanding(state.counted().standing(), out);
    out.instant(state.counted().until());
    out.instant(state.published().at());
    out.instant(state.published().lastSeenAt());
    out.flag(state.published().outdated());
    out.count(state.published().scores());
    out.instant(state.erasedAt());
    out.instant(state.settledAt());
    out.oneByte(EventCodec.INSTANCE.version());
    out.list(state.tail(), EventCodec.INSTANCE::write);
    out.list(state.recentViews().views(), CustomerStateCodec::writeRecentView);
  }

  @Override
  public CustomerState read(int version, CompactReader in) throws IOException {
    return switch (version) {
      case 1, 2 -> readState(version, in);
      default -> throw unknown(version);
    };
  }

  private static CustomerState readState(int version, CompactReader in) throws IOException {
    CustomerKey key = new CustomerKey(in.text(), in.text());
    String ownHoldoutKey = in.text();
    return new CustomerState(
        key,
        ownHoldoutKey == null ? key.customerId() : ownHoldoutKey,
        new KnownIdentifiers(in.list(CustomerStateCodec::readIdentifier)),
        in.instant(),
        in.instant(),
        in.instant(),
        OrderCodec.read(version, in),
        new Carts(in.list(i -> readCart(version, i))),
        new Interests(in.list(CustomerStateCodec::readInterest)),
        readFacts(in),
        in.constant(STAGES),
        in.instant(),
        in.flag(),
        readEpisodes(in),
        in.list(i -> OrderCodec.readRecentPurchase(version, i)),
        new RateWindow(in.list(CompactReader::instant)),
        new Counted(PopulationCodecs.readStanding(in), in.instant()),
        new Published(in.instant(), in.instant(), in.flag(), in.size()),
        in.instant(),
        in.instant(),
        readTail(in),
        version < 2
            ? RecentViews.NONE
            : new RecentViews(in.list(CustomerStateCodec::readRecentView)));
  }

  private static List<BehaviorEvent> readTail(CompactReader in) throws IOException {
    int eventVersion = in.oneByte();
    return in.list(i -> EventCodec.INSTANCE.read(eventVersion, i));
  }

  private static void writeIdentifier(Identifier identifier, CompactWriter out) throws IOException {
    out.constant(IDENTIFIER_KINDS, identifier.kind());
    out.text(identifier.scope());
    out.text(identifier.value());
  }

  private static Identifier readIdentifier(CompactReader in) throws IOException {
    return new Identifier(in.constant(IDENTIFIER_KINDS), in.text(), in.text());
  }

  private static void writeCart(Cart cart, CompactWriter out) throws IOException {
    out.text(cart.key().appId());
    out.text(cart.key().cartId());
    out.list(cart.lines(), CustomerStateCodec::writeCartLine);
    out.instant(cart.changedAt());
    out.instant(cart.wholeAt());
  }

  private static Cart readCart(int version, CompactReader in) throws IOException {
    return new Cart(
        new CartKey(in.text(), in.text()),
        in.list(CustomerStateCodec::readCartLine),
        in.instant(),
        version < 2 ? null : in.instant());
  }

  private static void writeCartLine(CartLine line, CompactWriter out) throws IOException {
    EventCodec.writeLine(line.line(), out);
    out.instant(line.changedAt());
  }

  private static CartLine readCartLine(CompactReader in) throws IOException {
    return new CartLine(EventCodec.readLine(in), in.instant());
  }

  private static void writeInterest(Interest interest, CompactWriter out) throws IOException {
    out.text(interest.categoryId());
    out.decimal(interest.weight());
    out.instant(interest.at());
  }

  private static Interest readInterest(CompactReader in) throws IOException {
    return new Interest(in.text(), in.decimal(), in.instant());
  }

  private static void writeFacts(Facts facts, CompactWriter out) throws IOException {
    writeTold(facts.birthday(), out);
    writeTold(facts.zone(), out);
    writeTold(facts.level(), out);
    writeTold(facts.city(), out);
    writeTold(facts.marketingConsent(), out);
    out.map(facts.attributes(), CustomerStateCodec::writeTold);
  }

  private static Facts readFacts(CompactReader in) throws IOException {
    Told<String> birthday = readToldText(in);
    Told<String> zone = readToldText(in);
    Told<String> level = readToldText(in);
    Told<String> city = readToldText(in);
    Told<Object> consent = readTold(in);
    Map<String, Told<Object>> attributes = in.map(CustomerStateCodec::readTold);
    return new Facts(
        birthday,
        zone,
        level,
        city,
        consent == null ? null : new Told<>((Boolean) consent.value(), consent.at()),
        attributes);
  }

  private static void writeTold(Told<?> told, CompactWriter out) throws IOException {
    out.scalar(told == null ? null : told.value());
    if (told != null) {
      out.instant(told.at());
    }
  }

  /** A fact that was told has a value. */
  private static Told<Object> readTold(CompactReader in) throws IOException {
    Object value = in.scalar();
    return value == null ? null : new Told<>(value, in.instant());
  }

  private static Told<String> readToldText(CompactReader in) throws IOException {
    Told<Object> told = readTold(in);
    return told == null ? null : new Told<>((String) told.value(), told.at());
  }

  private static void writeEpisodes(EpisodeBook book, CompactWriter out) throws IOException {
    out.list(book.live(), CustomerStateCodec::writeEpisode);
    out.list(book.fires(), CustomerStateCodec::writeFire);
    out.list(book.stageOpenings(), CustomerStateCodec::writeStageOpening);
    out.list(book.birthdays(), CustomerStateCodec::writeBirthdayOpening);
    out.count(book.segment());
    out.list(book.views().products(), CustomerStateCodec::writeProductViews);
  }

  private static EpisodeBook readEpisodes(CompactReader in) throws IOException {
    return new EpisodeBook(
        in.list(CustomerStateCodec::readEpisode),
        in.list(CustomerStateCodec::readFire),
        in.list(CustomerStateCodec::readStageOpening),
        in.list(CustomerStateCodec::readBirthdayOpening),
        in.size(),
        new Views(in.list(CustomerStateCodec::readProductViews)));
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
    out.list(product.views(), CustomerStateCodec::writeView);
  }

  private static ProductViews readProductViews(CompactReader in) throws IOException {
    return new ProductViews(in.text(), in.list(CustomerStateCodec::readView));
  }

  private static void writeView(View view, CompactWriter out) throws IOException {
    out.instant(view.at());
    out.number(view.session());
  }

  private static View readView(CompactReader in) throws IOException {
    return new View(in.instant(), (int) in.number());
  }

  private static void writeRecentView(RecentViews.View view, CompactWriter out) throws IOException {
    out.instant(view.at());
    out.number(view.thing());
    out.number(view.visit());
  }

  private static RecentViews.View readRecentView(CompactReader in) throws IOException {
    return new RecentViews.View(in.instant(), (int) in.number(), (int) in.number());
  }
}
