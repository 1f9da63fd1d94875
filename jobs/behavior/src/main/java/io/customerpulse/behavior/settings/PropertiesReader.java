package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads properties that are passed on as they are. A value may name environment variables, so that
 * secrets stand in no file, and is never shown.
 */
final class PropertiesReader {
  private static final Pattern VARIABLE_REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final UnaryOperator<String> environment;

  /**
   * Prepares to read properties.
   *
   * @param environment the value of an environment variable; null where there is none
   */
  PropertiesReader(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /** A key for properties. */
  static Key<Map<String, String>> key(String meaning, String allowed) {
    return new Key<>(
        "properties",
        Map.of(),
        (section, key, none) -> section.texts(key),
        meaning + ". `${NAME}` in a value is replaced from the environment",
        "none",
        allowed);
  }

  /**
   * The properties that stand at a key.
   *
   * @param own those that the jobs set themselves, which are refused
   */
  Map<String, String> read(Section section, Key<Map<String, String>> key, Set<String> own) {
    Section names = section.section(key.name());
    Map<String, String> properties = new TreeMap<>();
    key.read(section)
        .forEach(
            (name, value) -> {
              if (own.contains(name)) {
                names.refuseSecret(name, "is set by the jobs themselves");
              }
              properties.put(name, withVariables(names, name, value));
            });
    return Collections.unmodifiableMap(properties);
  }

  private String withVariables(Section section, String key, String text) {
    return VARIABLE_REFERENCE
        .matcher(text)
        .replaceAll(
            reference -> {
              String value = environment.apply(reference.group(1));
              if (value == null) {
                section.refuseSecret(
                    key,
                    "names the environment variable " + reference.group(1) + ", which is unset");
                return "";
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
