package io.customerpulse.domain.config;

import java.io.Serializable;

/**
 * One thing that is wrong in a file that a person wrote.
 *
 * @param file as it was named by whoever asked for it
 * @param line from 1; 0 where the file as a whole is meant
 * @param key path of the key, such as {@code rules[0].steps[1]}; empty for the whole file
 * @param value what stands there; null where nothing does or where it may be a secret
 * @param message what is wrong and what is allowed
 */
public record Problem(String file, int line, String key, String value, String message)
    implements Serializable {
  private static final int SHOWN_VALUE_CHARS = 80;

  /** One line for a person: {@code FILE:LINE: KEY: 'VALUE' MESSAGE}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    if (value != null) {
      text.append('\'').append(shown()).append("' ");
    }
    return text.append(message).toString();
  }

  private String shown() {
    String oneLine = value.replaceAll("\\p{Cntrl}", " ");
    return oneLine.length() <= SHOWN_VALUE_CHARS
        ? oneLine
        : oneLine.substring(0, SHOWN_VALUE_CHARS) + "…";
  }
}
