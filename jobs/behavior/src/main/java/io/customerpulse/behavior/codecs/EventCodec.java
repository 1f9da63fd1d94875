package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.Browse;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.CartChange;
import io.customerpulse.domain.event.Payload.Click;
import io.customerpulse.domain.event.Payload.Custom;
import io.customerpulse.domain.event.Payload.Erase;
import io.customerpulse.domain.event.Payload.Identify;
import io.customerpulse.domain.event.Payload.Message;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Phase;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;

/** The binary form of a clean event, with its origin as long as it has one. */
final class EventCodec extends Codec<BehaviorEvent> {
  static final EventCodec INSTANCE = new EventCodec();

  static final EnumCodes<EventType> TYPES =
      EnumCodes.of(
          EventType.class,
          EventType.IDENTIFY,
          EventType.PROFILE,
          EventType.BROWSE,
          EventType.CLICK,
          EventType.CUSTOM,
          EventType.CART,
          EventType.PURCHASE,
          EventType.REFUND,
          EventType.MESSAGE,
          EventType.ERASE);
  private static final EnumCodes<Phase> PHASES =
      EnumCodes.of(Phase.class, Phase.ENTER, Phase.LEAVE);
  private static final EnumCodes<CartAction> CART_ACTIONS =
      EnumCodes.of(
          CartAction.class,
          CartAction.ADD,
          CartAction.REMOVE,
          CartAction.SET,
          CartAction.CLEAR,
          CartAction.REPLACE);
  private static final EnumCodes<OrderStatus> ORDER_STATUSES =
      EnumCodes.of(
          OrderStatus.class,
          OrderStatus.CREATED,
          OrderStatus.PAID,
          OrderStatus.CLOSED,
          OrderStatus.COMPLETED);
  static final EnumCodes<MessageStatus> MESSAGE_STATUSES =
      EnumCodes.of(
          MessageStatus.class,
          MessageStatus.SENT,
          MessageStatus.DELIVERED,
          MessageStatus.OPENED,
          MessageStatus.CLICKED,
          MessageStatus.FAILED);

  private EventCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(BehaviorEvent event, CompactWriter out) throws IOException {
    out.text(event.eventId());
    out.constant(TYPES, event.type());
    out.text(event.tenantId());
    out.text(event.appId());
    out.text(event.customerId());
    out.instant(event.eventTime());
    out.instant(event.deviceTime());
    out.instant(event.sentAt());
    out.instant(event.receivedAt());
    out.numberOrNull(event.seq());
    writeIdentifiers(event.identifiers(), out);
    out.text(event.sessionId());
    out.text(event.platform());
    out.text(event.scene());
    writePayload(event.type(), event.payload(), out);
    out.list(event.repairs(), (repair, o) -> o.text(repair));
    out.map(event.extras(), (extra, o) -> o.text(extra));
    out.flag(event.origin() != null);
    if (event.origin() != null) {
      out.text(event.origin().source());
      out.number(event.origin().position());
    }
  }

  @Override
  public BehaviorEvent read(int version, CompactReader in) throws IOException {
    String eventId = in.text();
    EventType type = in.constant(TYPES);
    String tenantId = in.text();
    String appId = in.text();
    String customerId = in.text();
    var eventTime = in.instant();
    var deviceTime = in.instant();
    var sentAt = in.instant();
    var receivedAt = in.instant();
    Long seq = in.numberOrNull();
    return new BehaviorEvent(
        eventId,
        type,
        tenantId,
        appId,
        customerId,
        eventTime,
        deviceTime,
        seq,
        sentAt,
        receivedAt,
        readIdentifiers(in),
        in.text(),
        in.text(),
        in.text(),
        readPayload(type, in),
        in.list(CompactReader::text),
        in.map(CompactReader::text),
        in.flag() ? new Origin(in.text(), in.number()) : null);
  }

  private static void writeIdentifiers(Identifiers identifiers, CompactWriter out)
      throws IOException {
    out.text(identifiers.userId());
    out.text(identifiers.unionid());
    out.text(identifiers.phoneHash());
    out.text(identifiers.openid());
    out.text(identifiers.anonymousId());
  }

  private static Identifiers readIdentifiers(CompactReader in) throws IOException {
    return new Identifiers(in.text(), in.text(), in.text(), in.text(), in.text());
  }

  static void writeLine(Line line, CompactWriter out) throws IOException {
    out.text(line.skuId());
    out.text(line.productId());
    out.text(line.categoryId());
    out.numberOrNull(line.quantity());
    out.numberOrNull(line.unitPriceMinor());
  }

  static Line readLine(CompactReader in) throws IOException {
    return new Line(in.text(), in.text(), in.text(), in.numberOrNull(), in.numberOrNull());
  }

  static void writeRefund(Refund refund, CompactWriter out) throws IOException {
    out.text(refund.orderId());
    out.text(refund.refundId());
    out.number(refund.amountMinor());
    out.flag(refund.full());
  }

  static Refund readRefund(CompactReader in) throws IOException {
    return new Refund(in.text(), in.text(), in.number(), in.flag());
  }

  private static void writePayload(EventType type, Payload payload, CompactWriter out)
      throws IOException {
    switch (type) {
      case CLICK -> {
        Click click = (Click) payload;
        out.text(click.elementId());
        out.text(click.page());
        out.text(click.skuId());
        out.text(click.productId());
        out.numberOrNull(click.position());
      }
      case BROWSE -> {
        Browse browse = (Browse) payload;
        out.text(browse.page());
        out.text(browse.productId());
        out.text(browse.skuId());
        out.text(browse.categoryId());
        out.text(browse.referrer());
        out.constant(PHASES, browse.phase());
        out.numberOrNull(browse.dwellMillis());
        out.text(browse.visitId());
      }
      case CART -> {
        CartChange change = (CartChange) payload;
        out.constant(CART_ACTIONS, change.action());
        out.text(change.cartId());
        out.list(change.lines(), EventCodec::writeLine);
        out.text(change.currency());
      }
      case PURCHASE -> {
        Purchase purchase = (Purchase) payload;
        out.text(purchase.orderId());
        out.constant(ORDER_STATUSES, purchase.status());
        out.number(purchase.amountMinor());
        out.text(purchase.currency());
        out.list(purchase.lines(), EventCodec::writeLine);
        out.text(purchase.cartId());
        out.text(purchase.couponId());
      }
      case REFUND -> writeRefund((Refund) payload, out);
      case IDENTIFY -> out.flag(((Identify) payload).authenticated());
      case PROFILE -> {
        Profile profile = (Profile) payload;
        out.text(profile.birthday());
        out.text(profile.zone());
        out.text(profile.level());
        out.text(profile.city());
        out.scalar(profile.marketingConsent());
        out.map(profile.attributes(), (value, o) -> o.scalar(value));
      }
      case CUSTOM -> {
        Custom custom = (Custom) payload;
        out.text(custom.name());
        out.map(custom.attributes(), (value, o) -> o.scalar(value));
      }
      case MESSAGE -> {
        Message message = (Message) payload;
        out.text(message.triggerId());
        out.constant(MESSAGE_STATUSES, message.status());
        out.text(message.error());
      }
      case ERASE -> out.text(((Erase) payload).requestId());
    }
  }

  private static Payload readPayload(EventType type, CompactReader in) throws IOException {
    return switch (type) {
      case CLICK -> new Click(in.text(), in.text(), in.text(), in.text(), in.intOrNull());
      case BROWSE ->
          new Browse(
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              in.constant(PHASES),
              in.numberOrNull(),
              in.text());
      case CART ->
          new CartChange(
              in.constant(CART_ACTIONS), in.text(), in.list(EventCodec::readLine), in.text());
      case PURCHASE ->
          new Purchase(
              in.text(),
              in.constant(ORDER_STATUSES),
              in.number(),
              in.text(),
              in.list(EventCodec::readLine),
              in.text(),
              in.text());
      case REFUND -> readRefund(in);
      case IDENTIFY -> new Identify(in.flag());
      case PROFILE ->
          new Profile(
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              (Boolean) in.scalar(),
              in.map(CompactReader::scalar));
      case CUSTOM -> new Custom(in.text(), in.map(CompactReader::scalar));
      case MESSAGE -> new Message(in.text(), in.constant(MESSAGE_STATUSES), in.text());
      case ERASE -> new Erase(in.text());
    };
  }
}
