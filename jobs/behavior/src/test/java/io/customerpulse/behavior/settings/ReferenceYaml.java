package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.SectionKeys;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings as config/reference.yaml says them: each with its words and its default. */
final class ReferenceYaml {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  private static final Pattern CODE = Pattern.compile("`([^`]*)`.*");
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  /** What YAML takes for a text without quotes, whoever reads it. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}(][\\p{L}\\d()/_.-]*");

  private static final List<String> OTHER_THAN_TEXT =
      List.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private ReferenceYaml() {}

  static String of(String heading, List<SectionKeys> sections) {
    ReferenceYaml yaml = new ReferenceYaml();
    yaml.comment("", heading);
    sections.forEach(yaml::section);
    return yaml.text.toString();
  }

  private void section(SectionKeys section) {
    String[] path = section.path().isEmpty() ? new String[0] : section.path().split("\\.", -1);
    if (path.length < 2) {
      text.append('\n');
    }
    if (path.length > 0) {
      text.append(INDENT.repeat(path.length - 1)).append(path[path.length - 1]).append(":\n");
    }
    String indent = INDENT.repeat(path.length);
    String said = "";
    for (Key<?> key : section.keys()) {
      String words = sentence(key.meaning()) + " Allowed: " + plain(key.allowed()) + ".";
      if (!words.equals(said)) {
        comment(indent, words);
      }
      said = words;
      value(indent, key);
    }
  }

  private void comment(String indent, String words) {
    wrap(indent + "#", indent + "#", words.split(" ", -1));
  }

  private void value(String indent, Key<?> key) {
    String[] words = written(key).split("(?<=,) ", -1);
    wrap(indent + quoted(key.name()) + ":", indent + INDENT, words);
  }

  private void wrap(String first, String others, String[] words) {
    StringBuilder line = new StringBuilder(first);
    for (String word : words) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.setLength(0);
        line.append(others);
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** The default as it is written in a file. */
  private static String written(Key<?> key) {
    Matcher code = CODE.matcher(key.unsaid());
    if (key.fallback() instanceof String word) {
      return quoted(word);
    }
    if (key.fallback() instanceof Collection<?> values
        && values.stream().allMatch(String.class::isInstance)) {
      return values.stream()
          .map(value -> quoted((String) value))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return key.fallback() instanceof Map || !code.matches() ? "{}" : code.group(1);
  }

  private static String quoted(String word) {
    boolean plain =
        PLAIN.matcher(word).matches() && !OTHER_THAN_TEXT.contains(word.toLowerCase(Locale.ROOT));
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String sentence(String meaning) {
    String plain = plain(meaning);
    return plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1) + ".";
  }

  /** Markdown without its marks. */
  private static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replace("`", "");
  }
}
