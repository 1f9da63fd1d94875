package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.schemas.BrowseProperties;
import io.customerpulse.schemas.CartProperties;
import io.customerpulse.schemas.ClickProperties;
import io.customerpulse.schemas.CustomProperties;
import io.customerpulse.schemas.EraseProperties;
import io.customerpulse.schemas.IdentifyProperties;
import io.customerpulse.schemas.MessageProperties;
import io.customerpulse.schemas.ProfileProperties;
import io.customerpulse.schemas.PurchaseProperties;
import io.customerpulse.schemas.RefundProperties;
import java.util.Map;
import java.util.TreeMap;

/** What an event says beyond its envelope, to Avro and back. */
final class EventProperties {
  private EventProperties() {}

  static Object toAvro(EventType type, Payload payload) {
    return switch (type) {
      case CLICK -> click((Payload.Click) payload);
      case BROWSE -> browse((Payload.Browse) payload);
      case CART -> cart((Payload.CartChange) payload);
      case PURCHASE -> purchase((Payload.Purchase) payload);
      case REFUND -> refund((Payload.Refund) payload);
      case IDENTIFY -> new IdentifyProperties(((Payload.Identify) payload).authenticated());
      case PROFILE -> profile((Payload.Profile) payload);
      case CUSTOM -> custom((Payload.Custom) payload);
      case MESSAGE -> message((Payload.Message) payload);
      case ERASE -> new EraseProperties(((Payload.Erase) payload).requestId());
    };
  }

  static Payload fromAvro(EventType type, Object properties) {
    return switch (type) {
      case CLICK -> click((ClickProperties) properties);
      case BROWSE -> browse((BrowseProperties) properties);
      case CART -> cart((CartProperties) properties);
      case PURCHASE -> purchase((PurchaseProperties) properties);
      case REFUND -> refund((RefundProperties) properties);
      case IDENTIFY -> new Payload.Identify(((IdentifyProperties) properties).getAuthenticated());
      case PROFILE -> profile((ProfileProperties) properties);
      case CUSTOM -> custom((CustomProperties) properties);
      case MESSAGE -> message((MessageProperties) properties);
      case ERASE -> new Payload.Erase(((EraseProperties) properties).getRequestId());
    };
  }

  /** Maps are written by name, so that equal records are equal bytes. */
  static <V> Map<String, V> sorted(Map<String, V> map) {
    return map.size() > 1 ? new TreeMap<>(map) : map;
  }

  private static ClickProperties click(Payload.Click click) {
    return new ClickProperties(
        click.elementId(), click.page(), click.skuId(), click.productId(), click.position());
  }

  private static Payload click(ClickProperties click) {
    return new Payload.Click(
        click.getElementId(),
        click.getPage(),
        click.getSkuId(),
        click.getProductId(),
        click.getPosition());
  }

  private static BrowseProperties browse(Payload.Browse browse) {
    return new BrowseProperties(
        browse.page(),
        browse.productId(),
        browse.skuId(),
        browse.categoryId(),
        browse.referrer(),
        Symbols.PHASE.symbol(browse.phase()),
        browse.dwellMillis(),
        browse.visitId());
  }

  private static Payload browse(BrowseProperties browse) {
    return new Payload.Browse(
        browse.getPage(),
        browse.getProductId(),
        browse.getSkuId(),
        browse.getCategoryId(),
        browse.getReferrer(),
        Symbols.PHASE.value(browse.getPhase()),
        browse.getDwellMs(),
        browse.getVisitId());
  }

  private static CartProperties cart(Payload.CartChange cart) {
    return new CartProperties(
        Symbols.CART_ACTION.symbol(cart.action()),
        cart.cartId(),
        ItemLines.toAvro(cart.lines()),
        cart.currency());
  }

  private static Payload cart(CartProperties cart) {
    return new Payload.CartChange(
        Symbols.CART_ACTION.value(cart.getAction()),
        cart.getCartId(),
        ItemLines.fromAvro(cart.getLines()),
        cart.getCurrency());
  }

  private static PurchaseProperties purchase(Payload.Purchase purchase) {
    return new PurchaseProperties(
        purchase.orderId(),
        Symbols.ORDER_STATUS.symbol(purchase.status()),
        purchase.amountMinor(),
        purchase.currency(),
        ItemLines.toAvro(purchase.lines()),
        purchase.cartId(),
        purchase.couponId());
  }

  private static Payload purchase(PurchaseProperties purchase) {
    return new Payload.Purchase(
        purchase.getOrderId(),
        Symbols.ORDER_STATUS.value(purchase.getStatus()),
        purchase.getAmountMinor(),
        purchase.getCurrency(),
        ItemLines.fromAvro(purchase.getLines()),
        purchase.getCartId(),
        purchase.getCouponId());
  }

  private static RefundProperties refund(Payload.Refund refund) {
    return new RefundProperties(
        refund.orderId(), refund.refundId(), refund.amountMinor(), refund.full());
  }

  private static Payload refund(RefundProperties refund) {
    return new Payload.Refund(
        refund.getOrderId(), refund.getRefundId(), refund.getAmountMinor(), refund.getFull());
  }

  private static ProfileProperties profile(Payload.Profile profile) {
    return new ProfileProperties(
        profile.birthday(),
        profile.zone(),
        profile.level(),
        profile.city(),
        profile.marketingConsent(),
        sorted(profile.attributes()));
  }

  private static Payload profile(ProfileProperties profile) {
    return new Payload.Profile(
        profile.getBirthday(),
        profile.getZone(),
        profile.getLevel(),
        profile.getCity(),
        profile.getMarketingConsent(),
        profile.getAttributes());
  }

  private static CustomProperties custom(Payload.Custom custom) {
    return new CustomProperties(custom.name(), sorted(custom.attributes()));
  }

  private static Payload custom(CustomProperties custom) {
    return new Payload.Custom(custom.getName(), custom.getAttributes());
  }

  private static MessageProperties message(Payload.Message message) {
    return new MessageProperties(
        message.triggerId(), Symbols.MESSAGE_STATUS.symbol(message.status()), message.error());
  }

  private static Payload message(MessageProperties message) {
    return new Payload.Message(
        message.getTriggerId(),
        Symbols.MESSAGE_STATUS.value(message.getStatus()),
        message.getError());
  }
}
