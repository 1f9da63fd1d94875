package io.customerpulse.history.replay.sort;

/**
 * One line of a file.
 *
 * @param number from 1
 * @param bytes without the line's end; of a line longer than {@link LineScanner#MAX_WHOLE_BYTES}
 *     its first {@link LineScanner#CUT_BYTES}
 * @param length bytes of the whole line
 * @param sha256 of the whole line, hexadecimal, where it was cut; else null
 */
// An array, because records are bytes until they are parsed; two lines are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record InputLine(long number, byte[] bytes, long length, String sha256) {

  /** Whether only the beginning of the line is there. */
  public boolean isCut() {
    return sha256 != null;
  }

  /** Whether there is nothing to read: no characters but spaces and tabs. */
  public boolean isBlank() {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t') {
        return false;
      }
    }
    return true;
  }
}
