package io.customerpulse.domain.ingest;

import java.util.Locale;

/** What is mended in a record on its way in, and noted in the event; in the order of mending. */
public enum Repair {
  /** An identifier that stands for nobody was left out. */
  JUNK_IDENTIFIER_DROPPED,
  /** A time came in another form than those of the contract, such as seconds or digits as text. */
  TIME_REPAIRED,
  /** The device's clock was wrong by more than a minute. */
  SKEW_CORRECTED,
  /** The event lay too far after its reception and was put at it. */
  FUTURE_CLAMPED,
  /** A dwell time was negative, or longer than {@link PayloadReader#MAX_DWELL_MILLIS}. */
  DWELL_CUT,
  /** A quantity was rounded up, or an amount or a price taken for the whole one beside it. */
  NUMBER_ROUNDED,
  /** A text was longer than its bound. */
  TEXT_CUT,
  /** Half a character, as it is left where others cut a text, was replaced. */
  TEXT_REPAIRED,
  /** There were more lines than {@link LineReader#MAX_LINES}; the first are kept. */
  LINES_CUT,
  /** A line of a purchase has no price; the line is kept without one. */
  PRICE_MISSING,
  /** A birthday that no person has but software fills in was left out. */
  JUNK_BIRTHDAY_DROPPED,
  /** An optional property had a value that isn't allowed; it stands in extras as it was sent. */
  PROPERTY_DROPPED,
  /** A phone number stood where none belongs. */
  PHONE_MASKED,
  /** There were more unknown fields, or longer ones, than {@link Extras} keeps. */
  EXTRAS_CUT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in {@code repairs}. */
  public String wireName() {
    return wireName;
  }
}
