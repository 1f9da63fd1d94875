package io.customerpulse.history.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.Purchase;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.history.replay.CleanEvents;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Clean events → the order days of each customer, by the rules by which orders count everywhere.
 *
 * <p>The events of orders are dealt out to {@value #PARTS} files by customer, and one file after
 * the other is taken into memory: of all customers at once only x, t_x and T are held, and where
 * customers' ids have led.
 */
final class OrderHistories {
  private static final int PARTS = 64;
  private static final int BUFFER_BYTES = 64 << 10;

  private final CleanEvents events;
  private final Settings settings;
  private final Path folder;
  private final LongConsumer progress;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<CustomerKey, CustomerKey> redirects = new HashMap<>();

  /**
   * Prepares to read.
   *
   * @param folder for files in between
   * @param progress is told the number of events read so far
   */
  OrderHistories(CleanEvents events, Settings settings, Path folder, LongConsumer progress) {
    this.events = events;
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
  }

  /** The buyers, in no particular order. */
  Buyers read() throws IOException {
    readRedirects();
    deal();
    Buyers buyers = new Buyers(events.asOf());
    for (int part = 0; part < PARTS; part++) {
      take(part, buyers);
    }
    return buyers;
  }

  private void readRedirects() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(events.redirects())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode redirect = json.readTree(line);
        String tenantId = redirect.get("tenant_id").asText();
        redirects.put(
            new CustomerKey(tenantId, redirect.get("old_customer_id").asText()),
            new CustomerKey(tenantId, redirect.get("new_customer_id").asText()));
      }
    }
  }

  /** Redirects only lead to stronger identifiers, so they end. */
  private CustomerKey present(CustomerKey customer) {
    CustomerKey present = customer;
    for (CustomerKey next = redirects.get(present); next != null; next = redirects.get(present)) {
      present = next;
    }
    return present;
  }

  private void deal() throws IOException {
    List<DataOutputStream> parts = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(events.behaviorEvents())) {
      for (int part = 0; part < PARTS; part++) {
        parts.add(
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file(part)), BUFFER_BYTES)));
      }
      long read = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        OrderEvent event =
            OrderEvent.of(json.readTree(line), settings.orders().scope()).orElse(null);
        if (event != null) {
          OrderEvent own = event.of(present(event.customer()));
          own.write(parts.get(Math.floorMod(own.customer().hashCode(), PARTS)));
        }
        progress.accept(++read);
      }
    } finally {
      for (DataOutputStream part : parts) {
        part.close();
      }
    }
  }

  private void take(int part, Buyers buyers) throws IOException {
    Map<CustomerKey, List<OrderEvent>> byCustomer = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(file(part)), BUFFER_BYTES))) {
      while (true) {
        OrderEvent event = OrderEvent.read(in);
        byCustomer.computeIfAbsent(event.customer(), customer -> new ArrayList<>()).add(event);
      }
    } catch (EOFException e) {
      // All of it is read.
    }
    byCustomer.forEach(
        (customer, own) -> {
          ZoneId zone = settings.tenant(customer.tenantId()).zone();
          own.sort(Comparator.comparing(OrderEvent::at));
          OrderBook orders = OrderBook.EMPTY;
          for (OrderEvent event : own) {
            orders = after(orders, event, zone);
          }
          if (orders.lastAt() != null) {
            buyers.add(orders.days(zone), zone);
          }
        });
  }

  private static OrderBook after(OrderBook orders, OrderEvent event, ZoneId zone) {
    Payload payload = event.payload();
    if (payload instanceof Purchase purchase) {
      return orders.with(purchase.orderId(), purchase, event.at(), zone).next();
    }
    return payload instanceof Refund refund
        ? orders.with(refund.orderId(), refund).next()
        : OrderBook.EMPTY;
  }

  private Path file(int part) {
    return folder.resolve("orders-" + part);
  }
}
