package io.customerpulse.domain.event;

import java.util.Locale;

/** The kinds of identifiers a device sends, the strongest first. */
public enum IdentifierKind {
  USER_ID,
  UNIONID,
  PHONE_HASH,
  /** Valid within one mini-program only: its scope is the app id. */
  OPENID,
  ANONYMOUS_ID;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, Avro and tables. */
  public String wireName() {
    return wireName;
  }
}
