package io.customerpulse.domain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.settings.Settings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads who an event is about: without values that stand for nobody, and without plain phones. What
 * stands for nobody is left out, and that is noted; the event may have another identifier.
 */
final class IdentifierReader {
  private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");

  private final Set<String> junk = new HashSet<>();
  private final PhoneNumbers phoneNumbers = new PhoneNumbers();
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
    String phone = phone(envelope, repairs);
    String phoneHash = sentHash(envelope, repairs);
    if (phoneHash == null && phone != null) {
      phoneHash = hash(envelope, phone);
    }
    String openid = identifier(envelope, "openid", repairs);
    String anonymousId = identifier(envelope, "anonymous_id", repairs);
    return new Identifiers(userId, unionid, phoneHash, openid, anonymousId);
  }

  private String identifier(Fields envelope, String name, Repairs repairs) throws Refusal {
    JsonNode value = envelope.peek(name);
    String said = Form.isAbsent(value) ? null : Form.PLAIN.read(value);
    if (said != null && isJunk(said)) {
      envelope.plain(name);
      repairs.note(Repair.JUNK_IDENTIFIER_DROPPED);
      return null;
    }
    return envelope.optional(name, envelope::id);
  }

  /** The E.164 form of the phone, or null. */
  private String phone(Fields envelope, Repairs repairs) {
    boolean isSent = !Form.isAbsent(envelope.peek("phone"));
    String said = envelope.plain("phone");
    String phone = said == null || isJunk(said) ? null : phoneNumbers.e164(said).orElse(null);
    if (isSent && phone == null) {
      repairs.note(Repair.JUNK_IDENTIFIER_DROPPED);
    }
    return phone;
  }

  private static String sentHash(Fields envelope, Repairs repairs) {
    JsonNode value = envelope.peek("phone_hash");
    if (Form.isAbsent(value)) {
      return null;
    }
    String hash = normalised(value.asText());
    boolean isHash = SHA256_HEX.matcher(hash).matches() && !isAllZeros(hash);
    if (isHash) {
      envelope.takeIdentity("phone_hash");
      return hash;
    }
    envelope.takeHidden("phone_hash");
    repairs.note(Repair.JUNK_IDENTIFIER_DROPPED);
    return null;
  }

  private String hash(Fields envelope, String phone) throws Refusal {
    return phoneHasher
        .orElseThrow(
            () ->
                envelope.bad(
                    "phone",
                    "cannot be hashed without a key; set the environment variable "
                        + phoneKeyVariable
                        + ", or send phone_hash"))
        .hash(phone);
  }

  private boolean isJunk(String value) {
    String normalised = normalised(value);
    return isAllZeros(normalised) || junk.contains(normalised);
  }

  /** 0, 0000, 00000000-0000-0000-0000-000000000000, and what has not even zeros. */
  private static boolean isAllZeros(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.digit(c, 10) != 0 && c != '-' && c != ':' && c != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Without blanks and quotes around it, in lower case: how values that mean nobody compare. */
  private static String normalised(String value) {
    return Characters.stripQuoted(value).toLowerCase(Locale.ROOT);
  }
}
