package io.customerpulse.domain.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is made from the code as a whole, held against it and written as a section is. */
public record GeneratedFile(Path file) {

  /**
   * Holds the file against what the code says.
   *
   * @param test the class that is run to write it anew
   */
  public void assertSays(String expected, Class<?> test) throws IOException {
    if (GeneratedSection.isWriting()) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s lags behind the code; %s writes it anew", file, GeneratedSection.writing(test))
        .isEqualTo(expected);
  }
}
