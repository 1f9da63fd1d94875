package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.settings.Settings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who an event is about: without values that stand for nobody, and without plain phones. */
final class IdentifierReader {
  private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");

  private final Set<String> junk = new HashSet<>();
  private final String phoneKeyVariable;
  private final Optional<PhoneHasher> phoneHasher;

  IdentifierReader(Settings.Identity identity, Optional<PhoneHasher> phoneHasher) {
    for (String value : identity.junk()) {
      junk.add(normalised(value));
    }
    this.phoneKeyVariable = identity.piiKeyEnv();
    this.phoneHasher = phoneHasher;
  }

  /** The identifiers, of which there may be none. */
  Identifiers take(Fields envelope, Repairs repairs) throws Refusal {
    String userId = identifier(envelope, "user_id", repairs);
    String unionid = identifier(envelope, "unionid", repairs);
    String phone = identifier(envelope, "phone", repairs);
    String phoneHash = identifier(envelope, "phone_hash", repairs);
    String openid = identifier(envelope, "openid", repairs);
    String anonymousId = identifier(envelope, "anonymous_id", repairs);
    return new Identifiers(
        userId, unionid, phoneHash(envelope, phone, phoneHash), openid, anonymousId);
  }

  private String identifier(Fields envelope, String name, Repairs repairs) throws Refusal {
    JsonNode value = envelope.peek(name);
    if (value != null && value.isTextual() && isJunk(value.textValue())) {
      envelope.take(name);
      repairs.note(Repair.JUNK_IDENTIFIER_DROPPED);
      return null;
    }
    String id = envelope.optional(name, envelope::id);
    if (id != null && isJunk(id)) {
      repairs.note(Repair.JUNK_IDENTIFIER_DROPPED);
      return null;
    }
    return id;
  }

  private String phoneHash(Fields envelope, String phone, String sentHash) throws Refusal {
    if (sentHash != null) {
      String hash = sentHash.toLowerCase(Locale.ROOT);
      if (!SHA256_HEX.matcher(hash).matches()) {
        throw envelope.bad("phone_hash", "not 64 hexadecimal digits");
      }
      return hash;
    }
    if (phone == null) {
      return null;
    }
    PhoneHasher hasher =
        phoneHasher.orElseThrow(
            () ->
                envelope.bad(
                    "phone",
                    "cannot be hashed without a key; set the environment variable "
                        + phoneKeyVariable
                        + ", or send phone_hash"));
    return hasher
        .hash(phone)
        .orElseThrow(() -> envelope.bad("phone", "not a phone number (its value is not shown)"));
  }

  private boolean isJunk(String value) {
    return isAllZeros(value) || junk.contains(normalised(value));
  }

  /** 0, 0000, 00000000-0000-0000-0000-000000000000, and what has not even zeros. */
  private static boolean isAllZeros(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '0' && c != '-' && c != ':' && c != ' ') {
        return false;
      }
    }
    return true;
  }

  private static String normalised(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
