package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Events with any value in any field, and often none where none is needed. */
final class RandomEvents {
  private static final long LATEST_MILLIS =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final List<String> TEXTS =
      List.of("", "a", "重要价值", "😀", "\"quoted\"\n", "\u0000", "x".repeat(300));
  private static final List<String> JSON_TEXTS =
      List.of("null", "true", "-1.5e300", "\"text\"", "[1,{\"a\":null}]", "{}");

  private final Random random;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  BehaviorEvent next(EventType type) {
    return new BehaviorEvent(
        text(),
        type,
        text(),
        text(),
        text(),
        instant(),
        instant(),
        maybe(random::nextLong),
        maybe(this::instant),
        maybe(this::instant),
        new Identifiers(maybeText(), maybeText(), maybeText(), maybeText(), maybeText()),
        maybeText(),
        maybeText(),
        maybeText(),
        payload(type),
        list(this::text),
        map(() -> pick(JSON_TEXTS)),
        null);
  }

  private Payload payload(EventType type) {
    return switch (type) {
      case CLICK ->
          new Payload.Click(text(), maybeText(), maybeText(), maybeText(), maybe(random::nextInt));
      case BROWSE ->
          new Payload.Browse(
              maybeText(),
              maybeText(),
              maybeText(),
              maybeText(),
              maybeText(),
              maybe(() -> pick(Payload.Phase.values())),
              maybe(random::nextLong),
              maybeText());
      case CART ->
          new Payload.CartChange(
              pick(Payload.CartAction.values()), maybeText(), maybe(this::lines), maybeText());
      case PURCHASE ->
          new Payload.Purchase(
              text(),
              pick(Payload.OrderStatus.values()),
              random.nextLong(),
              maybeText(),
              maybe(this::lines),
              maybeText(),
              maybeText());
      case REFUND -> new Payload.Refund(text(), text(), random.nextLong(), random.nextBoolean());
      case IDENTIFY -> new Payload.Identify(random.nextBoolean());
      case PROFILE ->
          new Payload.Profile(
              maybeText(),
              maybeText(),
              maybeText(),
              maybeText(),
              maybe(random::nextBoolean),
              map(this::attribute));
      case CUSTOM -> new Payload.Custom(text(), map(this::attribute));
      case MESSAGE ->
          new Payload.Message(
              text(), maybe(() -> pick(Payload.MessageStatus.values())), maybeText());
      case ERASE -> new Payload.Erase(text());
    };
  }

  private List<Line> lines() {
    return list(
        () ->
            new Line(
                text(),
                maybeText(),
                maybeText(),
                maybe(random::nextLong),
                maybe(random::nextLong)));
  }

  private Object attribute() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextBoolean();
      case 1 -> random.nextLong();
      case 2 -> random.nextDouble();
      default -> text();
    };
  }

  private Instant instant() {
    return Instant.ofEpochMilli((long) (random.nextDouble() * LATEST_MILLIS));
  }

  private String text() {
    return pick(TEXTS) + random.nextInt(100);
  }

  private String maybeText() {
    return maybe(this::text);
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), value.get());
    }
    return map;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
