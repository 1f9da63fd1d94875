package io.customerpulse.behavior.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.reference.GeneratedFile;
import io.customerpulse.domain.reference.GeneratedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReferenceTest {
  private static final Path CONFIG = Path.of("..", "..", "config");
  private static final String HEADING =
      "Every setting with its default, made from the code. Lay your own file over them with"
          + " --config; it needs only the keys that differ. A list replaces the default list as a"
          + " whole. Lengths of time: 500ms, 30s, 5m, 1h, 7d or ISO-8601 (PT90M); a day is 24"
          + " hours.";

  @Test
  void theTableOfSettingsIsThatOfTheCode() throws IOException {
    new GeneratedSection(CONFIG.resolve("README.md"), "settings")
        .assertSays(SettingsTable.of(sections()), SettingsReferenceTest.class);
  }

  @Test
  void theReferenceFileIsThatOfTheCode() throws IOException {
    new GeneratedFile(CONFIG.resolve("reference.yaml"))
        .assertSays(ReferenceYaml.of(HEADING, sections()), SettingsReferenceTest.class);
  }

  /** What is read and what is told are the same: an unknown key is answered with all known ones. */
  @ParameterizedTest
  @MethodSource("sections")
  void everyKeyThatIsReadIsToldOf(SectionKeys section) {
    TreeSet<String> told = new TreeSet<>();
    for (SectionKeys other : sections()) {
      if (other.path().equals(section.path())) {
        other.keys().stream().map(Key::name).forEach(told::add);
      } else if (section.path().isEmpty() || other.path().startsWith(section.path() + ".")) {
        String below = section.path().isEmpty() ? other.path() : afterDot(section, other);
        told.add(below.split("\\.", -1)[0]);
      }
    }

    assertThat(refusalOfAnUnknownKey(section)).endsWith("allowed: " + String.join(", ", told));
  }

  static List<SectionKeys> sections() {
    return DeploymentSettingsReader.keys();
  }

  private static String afterDot(SectionKeys section, SectionKeys below) {
    return below.path().substring(section.path().length() + 1);
  }

  private static String refusalOfAnUnknownKey(SectionKeys section) {
    String yaml = "{nobody-knows: 1}";
    for (String name : reversed(section.path())) {
      yaml = "{" + name + ": " + yaml + "}";
    }
    String document = yaml;
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> new DeploymentSettingsReader(variable -> null).read("x.yaml", document));
    assertThat(refusal.problems()).hasSize(1);
    return refusal.problems().get(0).message();
  }

  private static List<String> reversed(String path) {
    List<String> names = new ArrayList<>(List.of(path.split("\\.", -1)));
    names.removeIf(String::isEmpty);
    Collections.reverse(names);
    return names;
  }
}
