package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.cart.Cart;
import io.customerpulse.domain.cart.CartKey;
import io.customerpulse.domain.cart.CartLine;
import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.CustomerFacts;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Erasure;
import io.customerpulse.domain.customer.LastPublished;
import io.customerpulse.domain.customer.PopulationEntry;
import io.customerpulse.domain.customer.RateWindow;
import io.customerpulse.domain.customer.Sightings;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.deadletter.RawForm;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.Episode.EventRef;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.FiredTrigger;
import io.customerpulse.domain.episode.FiredTrigger.Report;
import io.customerpulse.domain.episode.KindMemories;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.event.EventType;
import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.Refund;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.StandingCopies;
import io.customerpulse.domain.interest.Interests;
import io.customerpulse.domain.interest.Interests.Interest;
import io.customerpulse.domain.kind.Birthday;
import io.customerpulse.domain.kind.BrowseAbandonment;
import io.customerpulse.domain.kind.Reactivation;
import io.customerpulse.domain.kind.SegmentEntered;
import io.customerpulse.domain.kind.Views;
import io.customerpulse.domain.kind.Views.ProductViews;
import io.customerpulse.domain.kind.Views.View;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.lifecycle.StageEntry;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.order.OlderOrders;
import io.customerpulse.domain.order.Order;
import io.customerpulse.domain.order.Order.AppliedRefund;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.order.OrderTraces;
import io.customerpulse.domain.order.RecentPurchase;
import io.customerpulse.domain.order.RecentPurchases;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.profile.SelfReported;
import io.customerpulse.domain.profile.SelfReported.LastWrite;
import io.customerpulse.domain.rfm.Histogram;
import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.PopulationHistogram;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.domain.view.RecentViews;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Values of every shape that the types allow, whether or not the domain would make them. */
final class RandomValues {
  private static final List<String> AWKWARD_TEXTS =
      List.of(
          "",
          "0",
          "deadbeef",
          "DEADBEEF",
          "0123456789abcdef0123456789abcdef",
          "abc",
          "购物车",
          "𝄞 pair",
          "lone \ud834 half",
          "\udd1e",
          "nul \0 byte");

  private final Random random;

  RandomValues(long seed) {
    this.random = new Random(seed);
  }

  BehaviorEvent event() {
    EventType type = constant(EventType.class);
    return new BehaviorEvent(
        text(),
        type,
        text(),
        text(),
        text(),
        instant(),
        instant(),
        orNull(this::number),
        orNull(this::instant),
        orNull(this::instant),
        new Identifiers(
            orNull(this::text),
            orNull(this::text),
            orNull(this::text),
            orNull(this::text),
            orNull(this::text)),
        orNull(this::text),
        orNull(this::text),
        orNull(this::text),
        payload(type),
        list(this::text),
        map(this::text),
        orNull(this::origin));
  }

  private Payload payload(EventType type) {
    return switch (type) {
      case CLICK ->
          new Payload.Click(
              text(),
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(random::nextInt));
      case BROWSE ->
          new Payload.Browse(
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(() -> constant(Payload.Phase.class)),
              orNull(this::number),
              orNull(this::text));
      case CART ->
          new Payload.CartChange(
              constant(Payload.CartAction.class),
              orNull(this::text),
              list(this::line),
              orNull(this::text));
      case PURCHASE ->
          new Payload.Purchase(
              text(),
              constant(Payload.OrderStatus.class),
              number(),
              orNull(this::text),
              list(this::line),
              orNull(this::text),
              orNull(this::text));
      case REFUND -> refund();
      case IDENTIFY -> new Payload.Identify(random.nextBoolean());
      case PROFILE ->
          new Payload.Profile(
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(this::text),
              orNull(random::nextBoolean),
              map(this::scalar));
      case CUSTOM -> new Payload.Custom(text(), map(this::scalar));
      case MESSAGE ->
          new Payload.Message(
              text(), orNull(() -> constant(Payload.MessageStatus.class)), orNull(this::text));
      case ERASE -> new Payload.Erase(text());
    };
  }

  CustomerState customer() {
    CustomerKey key = new CustomerKey(text(), text());
    return new CustomerState(
        key,
        random.nextBoolean() ? key.customerId() : text(),
        facts(),
        stage(),
        populationEntry(),
        lastPublished(),
        episodes(),
        rate(),
        erasure(),
        orNull(this::instant));
  }

  CustomerFacts facts() {
    return new CustomerFacts(
        identifiers(),
        sightings(),
        orders(),
        carts(),
        interests(),
        selfReported(),
        recentPurchases(),
        recentViews());
  }

  KnownIdentifiers identifiers() {
    return new KnownIdentifiers(
        list(() -> new Identifier(constant(IdentifierKind.class), text(), text())));
  }

  Sightings sightings() {
    return new Sightings(orNull(this::instant), orNull(this::instant), orNull(this::instant));
  }

  Carts carts() {
    return new Carts(list(this::cart));
  }

  Interests interests() {
    return new Interests(list(() -> new Interest(text(), random.nextDouble(), instant())));
  }

  SelfReported selfReported() {
    return new SelfReported(
        orNull(() -> written(text())),
        orNull(() -> written(text())),
        orNull(() -> written(text())),
        orNull(() -> written(text())),
        orNull(() -> written(random.nextBoolean())),
        map(() -> written(scalar())));
  }

  RecentPurchases recentPurchases() {
    return new RecentPurchases(
        list(
            () ->
                new RecentPurchase(
                    instant(),
                    text(),
                    number(),
                    orNull(this::text),
                    list(this::text),
                    list(this::text),
                    random.nextBoolean())));
  }

  RecentViews recentViews() {
    return new RecentViews(
        list(() -> new RecentViews.View(instant(), random.nextInt(), random.nextInt())));
  }

  StageEntry stage() {
    return new StageEntry(
        orNull(() -> constant(Stage.class)), orNull(this::instant), random.nextBoolean());
  }

  PopulationEntry populationEntry() {
    return new PopulationEntry(orNull(this::position), orNull(this::instant));
  }

  LastPublished lastPublished() {
    return new LastPublished(
        orNull(this::instant), orNull(this::instant), random.nextBoolean(), random.nextInt(556));
  }

  EpisodeBook episodes() {
    return new EpisodeBook(
        list(this::episode),
        list(this::fire),
        KindMemories.NONE
            .with(
                new Reactivation(),
                list(() -> new Reactivation.Opening(text(), instant(), instant())))
            .with(
                new Birthday(),
                list(
                    () ->
                        new Birthday.Opening(
                            text(), instant().atOffset(ZoneOffset.UTC).toLocalDate())))
            .with(new SegmentEntered(), random.nextInt(556))
            .with(
                new BrowseAbandonment(),
                new Views(
                    list(
                        () ->
                            new ProductViews(
                                text(), list(() -> new View(instant(), random.nextInt())))))));
  }

  RateWindow rate() {
    return new RateWindow(list(this::instant));
  }

  Erasure erasure() {
    return new Erasure(orNull(this::instant));
  }

  OrderBook orders() {
    return new OrderBook(
        list(
            () ->
                new Order(
                    text(),
                    instant(),
                    orNull(this::instant),
                    random.nextBoolean(),
                    number(),
                    orNull(this::instant),
                    orNull(this::instant),
                    list(() -> new AppliedRefund(text(), number(), random.nextBoolean())))),
        new OlderOrders(
            random.nextInt(1000),
            number(),
            orNull(this::instant),
            random.nextInt(1000),
            orNull(this::instant),
            traces()),
        list(this::refund),
        number());
  }

  private OrderTraces traces() {
    int size = random.nextInt(20);
    return OrderTraces.of(
        random.longs(size).toArray(), LongStream.generate(this::number).limit(size).toArray());
  }

  private Cart cart() {
    return new Cart(
        new CartKey(text(), text()),
        list(() -> new CartLine(line(), instant())),
        instant(),
        orNull(this::instant));
  }

  private Episode episode() {
    String openedBy = orNull(this::text);
    String refreshedBy = random.nextBoolean() && openedBy != null ? openedBy : text();
    return new Episode(
        text(),
        text(),
        random.nextInt(100),
        text(),
        instant(),
        openedBy,
        instant(),
        orNull(() -> eventRef(refreshedBy)),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20),
        orNull(this::instant));
  }

  private EventRef eventRef(String eventId) {
    EventType type = constant(EventType.class);
    boolean browse = type == EventType.BROWSE;
    boolean purchase = type == EventType.PURCHASE;
    boolean custom = type == EventType.CUSTOM;
    boolean attributed = custom || type == EventType.PROFILE;
    return new EventRef(
        eventId,
        type,
        text(),
        orNull(this::text),
        orNull(this::text),
        browse ? orNull(this::text) : null,
        purchase ? text() : null,
        purchase ? orNull(this::number) : null,
        purchase ? orNull(this::text) : null,
        custom ? text() : null,
        attributed ? map(this::scalar) : Map.of());
  }

  private FiredTrigger fire() {
    return new FiredTrigger(
        text(),
        text(),
        text(),
        random.nextInt(100),
        Kinds.all().get(random.nextInt(Kinds.all().size())),
        text(),
        instant(),
        random.nextInt(20),
        instant(),
        instant(),
        instant(),
        text(),
        random.nextBoolean(),
        random.nextBoolean(),
        list(this::text),
        orNull(() -> new Report(constant(Payload.MessageStatus.class), instant())));
  }

  StandingCopies standingCopies() {
    int size = random.nextInt(20);
    long[] timesMillis = new long[size];
    for (int i = 0; i < size; i++) {
      timesMillis[i] = instant().toEpochMilli();
    }
    Arrays.sort(timesMillis);
    long[] deviceTimesMillis = timesMillis.clone();
    for (int i = 0; i < size; i++) {
      if (random.nextInt(4) == 0) {
        deviceTimesMillis[i] = instant().toEpochMilli();
      }
    }
    return StandingCopies.of(timesMillis, deviceTimesMillis);
  }

  Fingerprint fingerprint() {
    return new Fingerprint(random.nextLong(), random.nextLong());
  }

  EncodedEvent encodedEvent() {
    byte[] bytes = new byte[random.nextInt(50)];
    random.nextBytes(bytes);
    EncodedEvent event =
        new EncodedEvent(
            text(), fingerprint(), text(), random.nextLong(), random.nextLong(), bytes);
    return random.nextBoolean() ? event : event.unique();
  }

  ParseResult parsed() {
    return random.nextBoolean()
        ? new ParseResult.Valid(event())
        : new ParseResult.Invalid(
            new DeadLetter(
                constant(DeadLetterCode.class),
                text(),
                text(),
                constant(RawForm.class),
                orNull(() -> DeadLetter.BASE64),
                random.nextInt(1 << 30),
                text(),
                text(),
                number()));
  }

  PositionChange move() {
    return new PositionChange(text(), instant(), orNull(this::position), orNull(this::position));
  }

  HistogramDelta delta() {
    return new HistogramDelta(text(), instant(), population());
  }

  PopulationState populationState() {
    SortedMap<Instant, PopulationHistogram> pending = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      pending.put(instant(), population());
    }
    return new PopulationState(text(), orNull(this::instant), population(), pending);
  }

  private RfmPosition position() {
    return new RfmPosition(random.nextInt(3_000_000), random.nextInt(501), random.nextInt(55_296));
  }

  private PopulationHistogram population() {
    return new PopulationHistogram(histogram(), histogram(), histogram());
  }

  private Histogram histogram() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      counts.put(number(), number());
    }
    return Histogram.of(counts);
  }

  private Refund refund() {
    return new Refund(text(), text(), number(), random.nextBoolean());
  }

  private Line line() {
    return new Line(
        text(), orNull(this::text), orNull(this::text), orNull(this::number), orNull(this::number));
  }

  private Origin origin() {
    return new Origin(text(), number());
  }

  private <T> LastWrite<T> written(T value) {
    return new LastWrite<>(value, instant());
  }

  private Object scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> text();
      case 1 -> number();
      case 2 -> random.nextDouble();
      default -> random.nextBoolean();
    };
  }

  private String text() {
    if (random.nextInt(3) == 0) {
      return AWKWARD_TEXTS.get(random.nextInt(AWKWARD_TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    return text.toString();
  }

  /** Of every magnitude. */
  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  /** From 1990 to 9999: what events can carry. */
  private Instant instant() {
    return Instant.ofEpochMilli(631_152_000_000L + (long) (random.nextDouble() * 252_771_148e6));
  }

  private <E extends Enum<E>> E constant(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private <T> T orNull(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  private <T> List<T> list(Supplier<T> part) {
    List<T> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(part.get());
    }
    return List.copyOf(parts);
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    Map<String, T> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), value.get());
    }
    return map;
  }
}
