package io.customerpulse.analytics.report;

import java.util.Locale;

/** The languages that the report speaks. */
enum Language {
  EN,
  ZH;

  /** The key of its texts. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }
}
