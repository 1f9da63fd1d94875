package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.PhoneMask;
import io.customerpulse.domain.event.ContentHash;
import io.customerpulse.domain.event.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The id of an event that was sent without one: a hash of what its fields say, by whatever
 * spelling, so that the same event sent again is a duplicate. What a second sending changes takes
 * no part.
 *
 * <p>Values come as they were sent, before anything of them is cut or rounded. A phone takes part
 * as its keyed hash, and so does what the event shows masked: by an unkeyed one the phone could be
 * found by trial. Where there is no key, what is masked takes part masked.
 */
final class ContentFingerprint {
  private static final Set<String> NOT_CONTENT = Set.of("seq", "sent_at", "received_at");
  private static final String PHONE = "phone";
  private static final String ENVELOPE = "";

  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> hiddenKeys = new HashSet<>();
  private final Optional<PhoneHasher> phoneHasher;
  private String phone;

  ContentFingerprint(Optional<PhoneHasher> phoneHasher) {
    this.phoneHasher = phoneHasher;
  }

  /**
   * Adds a value; the first one of a field stands, hidden as soon as the event doesn't show it.
   *
   * @param path of the object that it is in
   * @param name is hidden where a phone stands in it
   * @param written by a {@link Form}; null is no value
   * @param isHidden whether the event doesn't show it as it is
   */
  void add(String path, String name, String written, boolean isHidden) {
    boolean isOfEnvelope = path.equals(ENVELOPE);
    if (written == null || (isOfEnvelope && NOT_CONTENT.contains(name))) {
      return;
    }
    if (isOfEnvelope && name.equals(PHONE)) {
      phone = hidden(written);
      return;
    }
    String key = key(path, name);
    values.putIfAbsent(key, written);
    if (isHidden) {
      hide(key);
    }
  }

  /** Hides a value that was added, where a phone stands in it that the event masks. */
  void hidePhones(String path, String name) {
    String key = key(path, name);
    String written = values.get(key);
    if (written != null && hasPhone(written)) {
      hide(key);
    }
  }

  private void hide(String key) {
    if (hiddenKeys.add(key)) {
      values.computeIfPresent(key, (same, written) -> hidden(written));
    }
  }

  private static boolean hasPhone(String text) {
    return !PhoneMask.maskNumbers(text).equals(text);
  }

  /** No name can pass for a longer path: the length of the path stands before it. */
  private String key(String path, String name) {
    return path.length() + path + (hasPhone(name) ? hidden(name) : name);
  }

  private String hidden(String written) {
    if (phoneHasher.isPresent()) {
      return phoneHasher.get().keyed(written);
    }
    String masked = PhoneMask.maskNumbers(written);
    return masked.equals(written) ? "***" : masked;
  }

  /**
   * The event's id.
   *
   * @param phoneHash null where there is none: a phone that couldn't be read takes part as it was
   *     sent, hidden
   */
  String eventId(EventType type, String phoneHash) {
    List<String> parts = new ArrayList<>(3 + 2 * values.size());
    parts.add("event");
    parts.add(type.wireName());
    parts.add(phoneHash == null ? phone : phoneHash);
    values.forEach(
        (name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
