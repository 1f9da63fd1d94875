package io.customerpulse.history.fit;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.order.OrderScope;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a clean event says about the orders of a customer.
 *
 * @param payload a purchase or a refund, whose order id is the order's key among those of its
 *     customer, or an erasure, which takes all orders away
 */
record OrderEvent(CustomerKey customer, Instant at, Payload payload) {

  /** What a line of behavior-events says; empty where it says nothing about orders. */
  static Optional<OrderEvent> of(JsonNode line, OrderScope scope) {
    JsonNode properties = line.get("properties");
    String appId = line.get("app_id").asText();
    Payload payload =
        switch (line.get("type").asText()) {
          case "purchase" ->
              new Purchase(
                  scope.keyOf(appId, properties.get("order_id").asText()),
                  OrderStatus.valueOf(properties.get("status").asText().toUpperCase(Locale.ROOT)),
                  properties.get("amount_minor").asLong(),
                  null,
                  List.of(),
                  null,
                  null);
          case "refund" ->
              new Refund(
                  scope.keyOf(appId, properties.get("order_id").asText()),
                  properties.get("refund_id").asText(),
                  properties.get("amount_minor").asLong(),
                  properties.get("full").asBoolean());
          case "erase" -> new Payload.Erase(null);
          default -> null;
        };
    CustomerKey customer =
        new CustomerKey(line.get("tenant_id").asText(), line.get("customer_id").asText());
    return Optional.ofNullable(payload)
        .map(
            each -> new OrderEvent(customer, Instant.parse(line.get("event_time").asText()), each));
  }

  /** The same of another customer. */
  OrderEvent of(CustomerKey other) {
    return new OrderEvent(other, at, payload);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(customer.tenantId());
    out.writeUTF(customer.customerId());
    out.writeLong(at.toEpochMilli());
    if (payload instanceof Purchase purchase) {
      out.writeByte('p');
      out.writeUTF(purchase.orderId());
      out.writeUTF(purchase.status().name());
      out.writeLong(purchase.amountMinor());
    } else if (payload instanceof Refund refund) {
      out.writeByte('r');
      out.writeUTF(refund.orderId());
      out.writeUTF(refund.refundId());
      out.writeLong(refund.amountMinor());
      out.writeBoolean(refund.full());
    } else {
      out.writeByte('e');
    }
  }

  static OrderEvent read(DataInputStream in) throws IOException {
    CustomerKey customer = new CustomerKey(in.readUTF(), in.readUTF());
    Instant at = Instant.ofEpochMilli(in.readLong());
    Payload payload =
        switch (in.readByte()) {
          case 'p' ->
              new Purchase(
                  in.readUTF(),
                  OrderStatus.valueOf(in.readUTF()),
                  in.readLong(),
                  null,
                  List.of(),
                  null,
                  null);
          case 'r' -> new Refund(in.readUTF(), in.readUTF(), in.readLong(), in.readBoolean());
          default -> new Payload.Erase(null);
        };
    return new OrderEvent(customer, at, payload);
  }
}
