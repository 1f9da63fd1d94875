package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The fields of one JSON object. Taking a field removes it, so that what is left at the end is what
 * the contract doesn't know. A JSON null and a text of blanks count as not sent.
 *
 * <p>What is taken goes into the fingerprint of the content as it was sent, too.
 */
final class Fields {
  /** Characters of an identifier or another id. */
  static final int MAX_ID = 256;

  /** Ten million million yuan, what a motorbike costs in any currency: more is a mistake. */
  static final long MAX_MINOR = 1_000_000_000_000_000L;

  private final FieldRefusals refusals;
  private final ObjectNode node;
  private final Repairs repairs;
  private final ContentFingerprint content;

  private Fields(
      FieldRefusals refusals, ObjectNode node, Repairs repairs, ContentFingerprint content) {
    this.refusals = refusals;
    this.node = node;
    this.repairs = repairs;
    this.content = content;
  }

  /** A way to take the field of a name. */
  @FunctionalInterface
  interface Taking<T> {
    T take(String name) throws Refusal;
  }

  /**
   * The fields of the record itself: a value of the wrong JSON type is a wrong shape.
   *
   * @param content null where the event brings its id
   */
  static Fields ofEnvelope(ObjectNode node, Repairs repairs, ContentFingerprint content) {
    return new Fields(new FieldRefusals("", DeadLetterCode.WRONG_SHAPE), node, repairs, content);
  }

  /** The fields of an object within: a value of the wrong JSON type is a bad value. */
  Fields within(String name, ObjectNode child) {
    return new Fields(
        new FieldRefusals(refusals.path() + name + '.', DeadLetterCode.BAD_VALUE),
        child,
        repairs,
        content);
  }

  /** The same fields for reading what the event doesn't keep: nothing is noted of it. */
  Fields unnoted() {
    return new Fields(refusals, node, new Repairs(), content);
  }

  /** What is left. */
  Collection<Map.Entry<String, JsonNode>> rest() {
    return node.properties();
  }

  /** The field as it stands, or null; it stays. */
  JsonNode peek(String name) {
    return node.get(name);
  }

  /** What a field says as text, whatever it is but a container; or null. */
  String plain(String name) {
    JsonNode sent = node.remove(name);
    if (Form.isAbsent(sent)) {
      return null;
    }
    String said = Form.PLAIN.read(sent);
    if (content != null) {
      content.add(refusals.path(), name, Form.PLAIN.written(said, sent), false);
    }
    return said;
  }

  /** Takes a field that says who the event is about: the customer stands for it. */
  void takeIdentity(String name) {
    node.remove(name);
  }

  /** Takes a field that the event doesn't show. */
  void takeHidden(String name) {
    record(name, node.remove(name), true);
  }

  /**
   * Puts a value down as content as it was sent; of a field that was taken before that stands, as
   * it was read.
   *
   * @param name is hidden too, where a phone stands in it
   * @param isHidden whether the event doesn't show it as it is
   */
  void record(String name, JsonNode value, boolean isHidden) {
    if (content != null) {
      content.add(refusals.path(), name, Form.asSent(value), isHidden);
    }
  }

  /** What is not required: a value that isn't allowed is null, is noted, and stays. */
  <T> T optional(String name, Taking<T> taking) {
    JsonNode sent = node.get(name);
    try {
      return taking.take(name);
    } catch (Refusal e) {
      repairs.note(Repair.PROPERTY_DROPPED);
      drop(name, sent);
      return null;
    }
  }

  /** Puts a field back that isn't allowed, as it was sent; null where it wasn't. */
  void drop(String name, JsonNode sent) {
    if (sent != null) {
      node.set(name, sent);
    }
    if (content != null) {
      content.hidePhones(refusals.path(), name);
    }
  }

  private <T> T read(String name, Form<T> form) throws Refusal {
    JsonNode sent = node.remove(name);
    if (Form.isAbsent(sent)) {
      return null;
    }
    T value = form.read(sent);
    if (content != null) {
      content.add(refusals.path(), name, form.written(value, sent), false);
    }
    if (value == null) {
      throw refusals.unreadable(name, sent, form);
    }
    return value;
  }

  /** Text of at most so many characters, without null characters; or null. */
  String text(String name, int maxLength) throws Refusal {
    String text = read(name, Form.NAME);
    if (text != null && Characters.isLongerThan(text, maxLength)) {
      throw bad(
          name, Characters.count(text) + " characters; at most " + maxLength + " are allowed");
    }
    return withoutNull(name, text);
  }

  private String withoutNull(String name, String text) throws Refusal {
    if (text != null && text.indexOf('\0') >= 0) {
      throw bad(name, "a null character");
    }
    return text;
  }

  /** Text and nothing that stands for one. */
  String requiredText(String name) throws Refusal {
    return required(name, read(name, Form.TEXT));
  }

  /**
   * Text of at most {@value #MAX_ID} characters, none of them for control or broken; or null. What
   * is broken in the same places would be the same.
   */
  String id(String name) throws Refusal {
    String id = text(name, MAX_ID);
    String flaw = id == null ? null : Characters.flawOfId(id);
    if (flaw != null) {
      throw bad(name, flaw);
    }
    return id;
  }

  String requiredId(String name) throws Refusal {
    return required(name, id(name));
  }

  /** The same, without phone numbers: where people may have written one. */
  String requiredMaskedId(String name) throws Refusal {
    return masked(name, requiredId(name));
  }

  /** What is said in words, without phone numbers, cut to so many characters; or null. */
  String words(String name, int maxLength) throws Refusal {
    String text = withoutNull(name, read(name, Form.TEXT));
    if (text == null) {
      return null;
    }
    String masked = masked(name, text);
    if (Characters.isLongerThan(masked, maxLength)) {
      repairs.note(Repair.TEXT_CUT);
    }
    return Characters.cut(masked, maxLength);
  }

  private String masked(String name, String text) {
    if (content != null) {
      content.hidePhones(refusals.path(), name);
    }
    return repairs.maskPhones(text);
  }

  /** A whole number within bounds, or what is rounded to one, which is noted; or null. */
  Long whole(String name, long min, long max, Rounding rounding) throws Refusal {
    BigDecimal number = read(name, Form.NUMBER);
    if (number == null) {
      return null;
    }
    BigDecimal whole = rounding.whole(number, min, max);
    if (whole == null) {
      throw bad(
          name,
          FieldRefusals.shown(number.toString())
              + " is not a whole number from "
              + min
              + " to "
              + max);
    }
    if (whole.compareTo(number) != 0) {
      repairs.note(Repair.NUMBER_ROUNDED);
    }
    return whole.longValue();
  }

  /** An amount or a price in minor units, or null. */
  Long money(String name) throws Refusal {
    return whole(name, 0, MAX_MINOR, Rounding.ALMOST);
  }

  /** A number, cut to what is whole of it and to bounds that no meaning lies beyond; or null. */
  Long wholePart(String name, long bound) throws Refusal {
    BigDecimal number = read(name, Form.NUMBER);
    BigDecimal limit = BigDecimal.valueOf(bound);
    return number == null ? null : number.min(limit).max(limit.negate()).longValue();
  }

  Boolean bool(String name) throws Refusal {
    return read(name, Form.TRUTH);
  }

  /** A word of a closed list, in small letters; or null. */
  String keyword(String name) throws Refusal {
    return read(name, Form.KEYWORD);
  }

  /** One of the values by their names in JSON, in whatever case; or null. */
  <E> E oneOf(String name, Map<String, E> allowed) throws Refusal {
    String keyword = keyword(name);
    if (keyword == null) {
      return null;
    }
    E value = allowed.get(keyword);
    if (value == null) {
      throw bad(
          name,
          FieldRefusals.quote(keyword) + " is none of " + String.join(", ", allowed.keySet()));
    }
    return value;
  }

  /** An instant in milliseconds, in any form that {@link SentTime} reads; or null. */
  Instant time(String name) throws Refusal {
    SentTime time = read(name, Form.TIME);
    if (time != null && !time.isOfTheContract()) {
      repairs.note(Repair.TIME_REPAIRED);
    }
    return time == null ? null : time.instant();
  }

  ObjectNode object(String name) throws Refusal {
    return read(name, Form.OBJECT);
  }

  List<JsonNode> list(String name) throws Refusal {
    return read(name, Form.LIST);
  }

  <T> T required(String name, T value) throws Refusal {
    if (value == null) {
      throw refusals.missing(name);
    }
    return value;
  }

  Refusal bad(String name, String problem) {
    return refusals.bad(name, problem);
  }
}
