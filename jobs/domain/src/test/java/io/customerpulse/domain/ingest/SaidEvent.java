package io.customerpulse.domain.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * An event by what it says, and the many ways in which tools write that down. It is made of texts
 * alone and knows nothing of how the product reads them.
 */
final class SaidEvent {
  private enum Kind {
    FIXED,
    ID,
    WORDS,
    NUMBER,
    /** A number in a field that the contract doesn't know. */
    EXACT,
    TRUTH,
    TIME
  }

  private record Value(Kind kind, Object what) {}

  private static final List<String> BLANKS = List.of("", "", "", " ", "\\t", "\u00a0", "\u3000");
  private static final List<String> UNSET = List.of("null", "\"\"", "\" \"", "\"\u00a0\"");

  private final Map<String, Object> envelope;
  private final List<String> unsetProperties;

  private SaidEvent(Map<String, Object> envelope, List<String> unsetProperties) {
    this.envelope = envelope;
    this.unsetProperties = unsetProperties;
  }

  static SaidEvent any(Random random) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> unset =
        switch (random.nextInt(6)) {
          case 0 -> {
            envelope.put("type", new Value(Kind.FIXED, "\"cart\""));
            properties.put("action", new Value(Kind.FIXED, "\"add\""));
            properties.put("lines", lines(random));
            yield List.of("cart_id", "currency");
          }
          case 1 -> {
            envelope.put("type", new Value(Kind.FIXED, "\"purchase\""));
            properties.put("order_id", id(random));
            properties.put("amount_minor", number(random, 1_000_000_000_000_000L));
            properties.put("lines", lines(random));
            yield List.of("status", "coupon_id");
          }
          case 2 -> {
            envelope.put("type", new Value(Kind.FIXED, "\"refund\""));
            properties.put("order_id", id(random));
            properties.put("refund_id", id(random));
            properties.put("amount_minor", number(random, 100_000));
            properties.put("full", new Value(Kind.TRUTH, random.nextBoolean()));
            yield List.of("currency");
          }
          case 3 -> {
            envelope.put("type", new Value(Kind.FIXED, "\"browse\""));
            properties.put("page", words(random));
            properties.put("product_id", id(random));
            properties.put("dwell_ms", number(random, 1_000_000));
            yield List.of("referrer", "visit_id", "phase");
          }
          case 4 -> {
            envelope.put("type", new Value(Kind.FIXED, "\"profile\""));
            properties.put("level", id(random));
            properties.put("marketing_consent", new Value(Kind.TRUTH, random.nextBoolean()));
            properties.put("attributes", unknown(random));
            yield List.of("city", "zone", "birthday");
          }
          default -> {
            envelope.put("type", new Value(Kind.FIXED, "\"click\""));
            properties.put("element_id", id(random));
            properties.put("position", number(random, 1_000));
            yield List.of("page", "sku_id");
          }
        };
    envelope.put("app_id", id(random));
    envelope.put("user_id", id(random));
    envelope.put("scene", id(random));
    long step = List.of(1L, 1_000L, 60_000L).get(random.nextInt(3));
    long millis = anyMillis(random) / step * step;
    envelope.put("event_time", new Value(Kind.TIME, millis));
    properties.put(
        "seen", new Value(Kind.EXACT, new BigDecimal(random.nextInt(1_000)).movePointLeft(2)));
    if (random.nextBoolean()) {
      properties.put("sdk", unknown(random));
    }
    envelope.put("properties", properties);
    return new SaidEvent(envelope, unset);
  }

  private static List<Object> lines(Random random) {
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("sku_id", new Value(Kind.ID, "K" + i + random.nextInt(100)));
      line.put("quantity", number(random, 1_000));
      line.put("unit_price_minor", number(random, 1_000_000_000_000L));
      lines.add(line);
    }
    return lines;
  }

  private static Map<String, Object> unknown(Random random) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", new Value(Kind.EXACT, new BigDecimal(random.nextInt())));
    fields.put("b", words(random));
    fields.put("c", new Value(Kind.FIXED, random.nextBoolean() ? "true" : "[1,{\"x\":2}]"));
    return fields;
  }

  private static Value id(Random random) {
    String text = random.nextBoolean() ? "" : List.of("o-", "茶", "😀", "A").get(random.nextInt(4));
    return new Value(Kind.ID, text + (1 + random.nextInt(1_000_000_000)));
  }

  private static Value words(Random random) {
    return new Value(Kind.WORDS, "/茶/😀?q=" + random.nextInt(1_000_000));
  }

  private static Value number(Random random, long bound) {
    return new Value(Kind.NUMBER, new BigDecimal(random.nextLong(bound)));
  }

  /** The event with one thing said otherwise. */
  SaidEvent changed(Random random) {
    return new SaidEvent(changed(envelope, random), unsetProperties);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> changed(Map<String, Object> fields, Random random) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    List<String> names = new ArrayList<>(fields.keySet());
    names.removeIf(name -> fields.get(name) instanceof Value value && value.kind() == Kind.FIXED);
    String name = names.get(random.nextInt(names.size()));
    Object what = fields.get(name);
    if (what instanceof Map) {
      changed.put(name, changed((Map<String, Object>) what, random));
    } else if (what instanceof List<?> list) {
      List<Object> lines = new ArrayList<>(list);
      int place = random.nextInt(lines.size());
      Map<String, Object> line = (Map<String, Object>) lines.get(place);
      if (random.nextInt(4) == 0) {
        lines.add(line);
      } else {
        lines.set(place, changed(line, random));
      }
      changed.put(name, lines);
    } else {
      changed.put(name, changed((Value) what, random));
    }
    return changed;
  }

  private static Value changed(Value value, Random random) {
    return switch (value.kind()) {
      case ID, WORDS -> new Value(value.kind(), value.what() + "1");
      case NUMBER -> new Value(value.kind(), ((BigDecimal) value.what()).add(BigDecimal.ONE));
      case EXACT ->
          new Value(value.kind(), ((BigDecimal) value.what()).add(new BigDecimal("0.000001")));
      case TRUTH -> new Value(value.kind(), !(Boolean) value.what());
      case TIME -> new Value(value.kind(), (Long) value.what() + 1 + random.nextInt(999));
      case FIXED -> throw new IllegalArgumentException("fixed");
    };
  }

  /** The event as the contract writes it. */
  String plain() {
    return new Writer(null, unsetProperties).object(envelope, "");
  }

  /**
   * From 1990 to 9999, without the years 2572 to 2635, of which a number may be a date and a time
   * of day, which is refused.
   */
  private static long anyMillis(Random random) {
    long first = 19_000_100_000_000L;
    long length = 2_000_001_000_000L;
    long millis = random.nextLong(631_152_000_000L, 253_402_300_000_000L - length);
    return millis < first - 1_000 ? millis : millis + length + 1_000;
  }

  /** The event as some tool writes it; after it, whether its time is in a form of the contract. */
  Written rewritten(Random random) {
    Writer writer = new Writer(random, unsetProperties);
    String json = writer.object(envelope, "");
    return new Written(json, writer.timeOfContract);
  }

  record Written(String json, boolean timeOfContract) {}

  /** Writes what is said; the same for the same random numbers, plainly without any. */
  private static final class Writer {
    private final Random random;
    private final List<String> unsetProperties;
    private boolean timeOfContract = true;

    private Writer(Random random, List<String> unsetProperties) {
      this.random = random;
      this.unsetProperties = unsetProperties;
    }

    private boolean coin() {
      return random != null && random.nextBoolean();
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    private String object(Map<String, Object> fields, String name) {
      List<String> written = new ArrayList<>();
      fields.forEach((field, what) -> written.add(quoted(field) + ":" + any(what, field)));
      if (random != null) {
        List<String> unset =
            switch (name) {
              case "" -> List.of("session_id", "platform", "event_id", "unionid", "tenant_id");
              case "properties" -> unsetProperties;
              default -> List.of();
            };
        for (String field : unset) {
          // An identifier that is an empty text is one that stands for nobody, and noted.
          if (coin()) {
            written.add(quoted(field) + ":" + (field.equals("unionid") ? "null" : one(UNSET)));
          }
        }
        Collections.shuffle(written, random);
      }
      return "{" + String.join(coin() ? " , " : ",", written) + "}";
    }

    @SuppressWarnings("unchecked")
    private String any(Object what, String name) {
      if (what instanceof Map) {
        return object((Map<String, Object>) what, name);
      }
      if (what instanceof List<?> list) {
        return list(list);
      }
      Value value = (Value) what;
      return switch (value.kind()) {
        case FIXED -> (String) value.what();
        case ID -> id((String) value.what());
        case WORDS -> text((String) value.what());
        case EXACT -> digits((BigDecimal) value.what());
        case NUMBER -> {
          String digits = digits((BigDecimal) value.what());
          yield coin() ? '"' + digits + '"' : digits;
        }
        case TRUTH -> truth((Boolean) value.what());
        case TIME -> time((Long) value.what());
      };
    }

    private String list(List<?> list) {
      List<String> written = new ArrayList<>();
      boolean asObject = coin();
      int place = 0;
      for (Object element : list) {
        String line = any(element, "line");
        written.add(asObject ? quoted(Integer.toString(place)) + ":" + line : line);
        place += 1 + (asObject ? random.nextInt(20) : 0);
      }
      if (asObject) {
        Collections.shuffle(written, random);
      }
      String joined = String.join(",", written);
      return asObject ? "{" + joined + "}" : "[" + joined + "]";
    }

    private String id(String text) {
      boolean isNumber = text.chars().allMatch(c -> c >= '0' && c <= '9');
      return isNumber && coin() ? digits(new BigDecimal(text)) : text(text);
    }

    private String text(String text) {
      if (random == null) {
        return quoted(text);
      }
      String written = one(BLANKS) + text + one(BLANKS);
      return coin() ? '"' + escaped(written) + '"' : '"' + written + '"';
    }

    private static String escaped(String text) {
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        escaped.append(
            c < 128 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
      return escaped.toString();
    }

    private String digits(BigDecimal number) {
      if (random == null || number.signum() == 0) {
        return number.toPlainString();
      }
      return switch (random.nextInt(4)) {
        case 0 -> number.setScale(number.scale() + 2).toPlainString();
        case 1 -> number.unscaledValue() + "E" + -number.scale();
        case 2 -> number.unscaledValue() + "00e" + (-number.scale() - 2);
        default -> number.toPlainString();
      };
    }

    private String truth(boolean truth) {
      if (random == null) {
        return Boolean.toString(truth);
      }
      return truth
          ? one(List.of("true", "1", "1.0", "\"TRUE\"", "\"yes\"", "\"1\"", "\" True \""))
          : one(List.of("false", "0", "0.0", "\"FALSE\"", "\"No\"", "\"0\"", "\"false\""));
    }

    private String time(long millis) {
      if (random == null) {
        return Long.toString(millis);
      }
      OffsetDateTime time =
          Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofHours(random.nextInt(25) - 12));
      switch (random.nextInt(3)) {
        case 0 -> {
          return digits(new BigDecimal(millis));
        }
        case 1 -> {
          return quoted(format(time, "uuuu-MM-dd'T'HH:mm:ss.SSSxxx"));
        }
        default -> timeOfContract = false;
      }
      BigDecimal seconds = new BigDecimal(millis).movePointLeft(3);
      List<String> forms =
          new ArrayList<>(
              List.of(
                  digits(seconds),
                  quoted(digits(seconds)),
                  quoted(Long.toString(millis)),
                  Long.toString(millis * 1_000 + random.nextInt(1_000)),
                  millis + "." + (1 + random.nextInt(9)),
                  quoted(format(time, "uuuu-MM-dd HH:mm:ss.SSSxxx")),
                  quoted(format(time, "uuuu-MM-dd HH:mm:ss,SSS xx")),
                  quoted(format(time, "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx"))));
      if (millis % 60_000 == 0) {
        forms.add(quoted(format(time, "uuuu-MM-dd'T'HH:mmxxx")));
        forms.add(quoted(format(time, "uuuu-MM-dd HH:mm x")));
      }
      return one(forms);
    }

    private static String format(OffsetDateTime time, String pattern) {
      return time.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    private static String quoted(String text) {
      return '"' + text + '"';
    }
  }
}
