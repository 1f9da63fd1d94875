package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.util.Locale;

/**
 * The number of what the jobs keep: names of operators and states, binary forms of values, codes of
 * constants. It stands in every savepoint and checkpoint.
 *
 * <p>A release reads all numbers from {@link #OLDEST} up to its own. Nothing is converted at a
 * restore: each value carries the version of its own form, is read by the reader of that version,
 * and is written in the newest form when it changes. Whoever changes a form gives it a new version
 * and raises the number; a test holds what each number stands for, and that what one has, the next
 * has too.
 */
public final class StateSchema {
  /** What this release writes. */
  public static final int NUMBER = 4;

  /** The least that this release reads. What had lower numbers has never been released. */
  public static final int OLDEST = 4;

  private StateSchema() {}

  /**
   * Looks whether this release can read what another has written.
   *
   * @param written the other's number
   * @throws IOException if it can't, with a word to whoever restores the job
   */
  static void check(int written) throws IOException {
    if (written > NUMBER) {
      throw refusal(
          written,
          "a newer release",
          "Start the newer release from it, or this one from an older savepoint");
    }
    if (written < OLDEST) {
      throw refusal(written, "an older release", "Start that release from it, or begin anew");
    }
  }

  private static IOException refusal(int written, String by, String advice) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "This savepoint or checkpoint has state schema %d, written by %s; this release reads %d"
                + " to %d. %s",
            written,
            by,
            OLDEST,
            NUMBER,
            advice));
  }
}
