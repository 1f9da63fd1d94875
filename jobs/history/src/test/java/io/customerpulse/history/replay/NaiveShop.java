package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Duplicates, stages, carts and cart reminders of a whole log, computed over the full history of
 * one customer after the other and straight from the meaning of the words. It knows what the public
 * logs have: one app with one cart, user ids, views, cart changes and paid orders; one reminder
 * with the steps, quiet hours, cooldown and cap of config/rules; an order of anything is an exit.
 */
final class NaiveShop {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration[] STEPS = {
    Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(72)
  };
  private static final Duration VALID_FOR = Duration.ofHours(12);
  private static final Duration COOLDOWN = Duration.ofHours(24);
  private static final int CAP = 3;
  private static final Duration CAP_PER = Duration.ofDays(7);
  private static final Duration CONVERSION = Duration.ofDays(7);
  private static final Duration LINE_LIFE = Duration.ofDays(90);
  private static final Duration[] SILENCE = {
    Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)
  };
  private static final String[] ASLEEP = {"AT_RISK", "DORMANT", "LOST"};
  private static final List<String> RANKS =
      List.of("identify", "profile", "browse", "click", "custom", "cart", "purchase");

  private final Instant asOf;

  /** What came out, as lines that a test can compare; in no particular order. */
  final Set<String> stages = new TreeSet<>();

  final Set<String> transitions = new TreeSet<>();
  final Set<String> carts = new TreeSet<>();
  final Set<String> fires = new TreeSet<>();
  final Set<String> outcomes = new TreeSet<>();
  int duplicates;

  /** Removals, copies among them, of what no earlier event of the customer had added. */
  int removalsOfTheUnknown;

  NaiveShop(List<JsonNode> log) {
    asOf = log.stream().map(NaiveShop::at).max(Comparator.naturalOrder()).orElseThrow();
    Map<String, List<JsonNode>> byUser = new TreeMap<>();
    for (JsonNode event : log) {
      byUser.computeIfAbsent(event.get("user_id").asText(), user -> new ArrayList<>()).add(event);
    }
    byUser.forEach(
        (user, events) -> {
          events.sort(
              Comparator.comparing(NaiveShop::at)
                  .thenComparing(event -> event.get("seq").asLong())
                  .thenComparing(event -> RANKS.indexOf(event.get("type").asText())));
          removalsOfTheUnknown += removalsOfTheUnknown(events);
          new Customer(user).live(unique(events));
        });
  }

  private List<JsonNode> unique(List<JsonNode> events) {
    Set<JsonNode> seen = new HashSet<>();
    List<JsonNode> unique = new ArrayList<>();
    for (JsonNode event : events) {
      if (seen.add(((ObjectNode) event.deepCopy()).without("seq"))) {
        unique.add(event);
      } else {
        duplicates++;
      }
    }
    return unique;
  }

  private static int removalsOfTheUnknown(List<JsonNode> events) {
    Set<String> added = new HashSet<>();
    int count = 0;
    for (JsonNode event : events) {
      String action = event.at("/properties/action").asText();
      for (JsonNode line : event.at("/properties/lines")) {
        String sku = line.get("sku_id").asText();
        if (action.equals("add")) {
          added.add(sku);
        } else if (action.equals("remove") && !added.contains(sku)) {
          count++;
        }
      }
    }
    return count;
  }

  private static Instant at(JsonNode event) {
    return Instant.parse(event.get("event_time").asText());
  }

  private static String stage(List<Instant> orders, Instant now) {
    if (orders.isEmpty()) {
      return "PROSPECT";
    }
    Duration silence = Duration.between(orders.get(orders.size() - 1), now);
    for (int i = SILENCE.length - 1; i >= 0; i--) {
      if (silence.compareTo(SILENCE[i]) >= 0) {
        return ASLEEP[i];
      }
    }
    // The logs are shorter than the window of 365 days.
    if (orders.size() >= 5) {
      return "LOYAL";
    }
    return orders.size() >= 2 ? "REPEAT" : "NEW";
  }

  private static boolean isQuiet(Instant instant) {
    int hour = instant.atZone(ZONE).getHour();
    return hour >= 22 || hour < 8;
  }

  private static Instant morningAfter(Instant instant) {
    var night = instant.atZone(ZONE);
    return night
        .toLocalDate()
        .plusDays(night.getHour() >= 22 ? 1 : 0)
        .atTime(LocalTime.of(8, 0))
        .atZone(ZONE)
        .toInstant();
  }

  private static final class Line {
    final String sku;
    final long priceMinor;
    long quantity;
    Instant changedAt;

    Line(String sku, long priceMinor) {
      this.sku = sku;
      this.priceMinor = priceMinor;
    }
  }

  private static final class Reminder {
    final int episode;
    final int step;
    final Instant firedAt;

    Reminder(int episode, int step, Instant firedAt) {
      this.episode = episode;
      this.step = step;
      this.firedAt = firedAt;
    }
  }

  private final class Customer {
    private final String user;
    private final List<Instant> orders = new ArrayList<>();

    /** By SKU and price. */
    private final Map<String, Line> cart = new LinkedHashMap<>();

    private final List<Reminder> reminders = new ArrayList<>();
    private int episode;

    /** Of the live episode; null while there is none. */
    private Instant refreshedAt;

    /** When a step of the live episode is to be judged; null once it has been. */
    private final Instant[] judgedAt = new Instant[STEPS.length];

    private String stage;

    Customer(String user) {
      this.user = user;
    }

    void live(List<JsonNode> events) {
      for (JsonNode event : events) {
        Instant now = at(event);
        timePasses(now, false);
        if (stage == null) {
          enter("PROSPECT", now);
        }
        happens(event, now);
        enter(stage(orders, now), now);
      }
      timePasses(asOf, true);
      stages.add(user + " " + stage);
      cart.values().removeIf(line -> !line.changedAt.plus(LINE_LIFE).isAfter(asOf));
      carts.add(user + " " + cart.size() + " lines of " + value());
    }

    private void enter(String next, Instant at) {
      if (!next.equals(stage)) {
        transitions.add(user + " " + at + " " + stage + " -> " + next);
        stage = next;
      }
    }

    /** Everything that time alone brings about before an instant, or up to it. */
    private void timePasses(Instant limit, boolean inclusive) {
      if (!orders.isEmpty()) {
        for (Duration silence : SILENCE) {
          Instant moment = orders.get(orders.size() - 1).plus(silence);
          if (moment.isBefore(limit) || (inclusive && moment.equals(limit))) {
            enter(stage(orders, moment), moment);
          }
        }
      }
      while (refreshedAt != null) {
        int step = nextStep();
        if (step < 0) {
          refreshedAt = null;
          return;
        }
        Instant moment = judgedAt[step];
        if (moment.isAfter(limit) || (!inclusive && moment.equals(limit))) {
          return;
        }
        judge(step, moment);
      }
    }

    private int nextStep() {
      int next = -1;
      for (int step = 0; step < STEPS.length; step++) {
        if (judgedAt[step] != null && (next < 0 || judgedAt[step].isBefore(judgedAt[next]))) {
          next = step;
        }
      }
      return next;
    }

    private void judge(int step, Instant now) {
      Instant dueAt = refreshedAt.plus(STEPS[step]);
      boolean held = now.isAfter(dueAt);
      String name = user + " step " + (step + 1) + " at " + now + " ";
      if (held && now.isAfter(dueAt.plus(VALID_FOR))) {
        outcomes.add(name + "SUPPRESSED quiet_hours");
      } else if (reminders.stream()
          .anyMatch(sent -> sent.episode != episode && sent.firedAt.plus(COOLDOWN).isAfter(now))) {
        outcomes.add(name + "SUPPRESSED cooldown");
      } else if (reminders.stream().filter(sent -> sent.firedAt.plus(CAP_PER).isAfter(now)).count()
          >= CAP) {
        outcomes.add(name + "SUPPRESSED cap");
      } else if (isQuiet(now)) {
        judgedAt[step] = morningAfter(now);
        return;
      } else {
        reminders.add(new Reminder(episode, step + 1, now));
        fires.add(name + "due " + dueAt + ", " + cart.size() + " lines of " + value());
      }
      judgedAt[step] = null;
    }

    private void happens(JsonNode event, Instant now) {
      JsonNode properties = event.get("properties");
      switch (event.get("type").asText()) {
        case "cart" -> changes(properties, now);
        case "purchase" -> pays(properties, now);
        default -> {}
      }
    }

    private void changes(JsonNode properties, Instant now) {
      cart.values().removeIf(line -> !line.changedAt.plus(LINE_LIFE).isAfter(now));
      boolean added = properties.get("action").asText().equals("add");
      boolean changed = false;
      for (JsonNode wanted : properties.get("lines")) {
        String sku = wanted.get("sku_id").asText();
        if (added) {
          long price = wanted.path("unit_price_minor").asLong(0);
          Line line = cart.computeIfAbsent(sku + "@" + price, missing -> new Line(sku, price));
          line.quantity++;
          line.changedAt = now;
          changed = true;
        } else {
          changed |= cart.values().removeIf(line -> line.sku.equals(sku));
        }
      }
      if (cart.isEmpty()) {
        refreshedAt = null;
      } else if (changed && (refreshedAt != null || added)) {
        refresh(now);
      }
    }

    private void refresh(Instant now) {
      boolean opens = refreshedAt == null;
      if (opens) {
        episode++;
      }
      refreshedAt = now;
      for (int i = 0; i < STEPS.length; i++) {
        boolean used = !opens && judgedAt[i] == null;
        judgedAt[i] = used ? null : now.plus(STEPS[i]);
      }
    }

    private void pays(JsonNode properties, Instant now) {
      orders.add(now);
      refreshedAt = null;
      for (JsonNode line : properties.get("lines")) {
        String sku = line.get("sku_id").asText();
        cart.values().removeIf(inCart -> inCart.sku.equals(sku));
      }
      List<Reminder> converted =
          reminders.stream()
              .filter(sent -> sent.firedAt.isBefore(now))
              .filter(sent -> !now.isAfter(sent.firedAt.plus(CONVERSION)))
              .toList();
      for (Reminder sent : converted) {
        boolean latest = sent == converted.get(converted.size() - 1);
        long revenue = latest ? properties.get("amount_minor").asLong() : 0;
        outcomes.add(
            user
                + " step "
                + sent.step
                + " at "
                + now
                + " CONVERTED by "
                + properties.get("order_id").asText()
                + " with "
                + revenue);
      }
    }

    private long value() {
      return cart.values().stream().mapToLong(line -> line.quantity * line.priceMinor).sum();
    }
  }
}
