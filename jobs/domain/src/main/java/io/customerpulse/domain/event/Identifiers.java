package io.customerpulse.domain.event;

import java.util.ArrayList;
import java.util.List;

/** The identifiers that one event carries; null where the event has none of a kind. */
public record Identifiers(
    String userId, String unionid, String phoneHash, String openid, String anonymousId) {

  public static final Identifiers NONE = new Identifiers(null, null, null, null, null);

  /** All of them, the strongest first. */
  public List<Identifier> strongestFirst(String appId) {
    List<Identifier> all = new ArrayList<>(5);
    add(all, IdentifierKind.USER_ID, "", userId);
    add(all, IdentifierKind.UNIONID, "", unionid);
    add(all, IdentifierKind.PHONE_HASH, "", phoneHash);
    add(all, IdentifierKind.OPENID, appId, openid);
    add(all, IdentifierKind.ANONYMOUS_ID, "", anonymousId);
    return all;
  }

  /** How many there are. */
  public int count() {
    return one(userId) + one(unionid) + one(phoneHash) + one(openid) + one(anonymousId);
  }

  /** Whether an identifier is among them, given the app that sent the event. */
  public boolean contains(Identifier identifier, String appId) {
    return switch (identifier.kind()) {
      case USER_ID -> identifier.value().equals(userId);
      case UNIONID -> identifier.value().equals(unionid);
      case PHONE_HASH -> identifier.value().equals(phoneHash);
      case OPENID -> identifier.value().equals(openid) && identifier.scope().equals(appId);
      case ANONYMOUS_ID -> identifier.value().equals(anonymousId);
    };
  }

  private static int one(String value) {
    return value == null ? 0 : 1;
  }

  public boolean isEmpty() {
    return count() == 0;
  }

  private static void add(List<Identifier> all, IdentifierKind kind, String scope, String value) {
    if (value != null) {
      all.add(new Identifier(kind, scope, value));
    }
  }
}
