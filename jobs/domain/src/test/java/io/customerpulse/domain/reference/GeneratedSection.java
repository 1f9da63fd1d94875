package io.customerpulse.domain.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a document that is made from the code: what stands between its two markers. A test
 * holds it against the code; run with {@code -Dreference.write=true} it writes it anew.
 *
 * @param name of the part, in its markers
 */
public record GeneratedSection(Path document, String name) {
  private static final String WRITE = "reference.write";

  /**
   * Holds the part against what the code says.
   *
   * @param expected Markdown without blank lines around it
   * @param test the class that is run to write it anew
   */
  public void assertSays(String expected, Class<?> test) throws IOException {
    String text = Files.readString(document);
    int begin = endOf(text, "<!-- " + name + ": made from the code -->");
    int end = text.indexOf("<!-- end of " + name + " -->", begin);
    assertThat(end).as("the end of %s in %s", name, document).isNotNegative();
    if (isWriting()) {
      text = text.substring(0, begin) + "\n\n" + expected + "\n\n" + text.substring(end);
      Files.writeString(document, text);
      end = text.indexOf("<!-- end of " + name + " -->", begin);
    }
    assertThat(text.substring(begin, end).strip())
        .as("%s of %s lag behind the code; %s writes them anew", name, document, writing(test))
        .isEqualTo(expected);
  }

  /** Whether what lags behind is to be written anew. */
  static boolean isWriting() {
    return Boolean.getBoolean(WRITE);
  }

  /** The command that writes what a test of the present module looks at. */
  static String writing(Class<?> test) {
    return "mvn -pl jobs/"
        + Path.of("").toAbsolutePath().getFileName()
        + " -am test -Dtest="
        + test.getSimpleName()
        + " -Dsurefire.failIfNoSpecifiedTests=false -D"
        + WRITE
        + "=true";
  }

  private int endOf(String text, String marker) {
    int place = text.indexOf(marker);
    assertThat(place).as("%s in %s", marker, document).isNotNegative();
    return place + marker.length();
  }
}
