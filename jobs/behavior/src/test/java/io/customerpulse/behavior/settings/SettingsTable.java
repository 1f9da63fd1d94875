package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.reference.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings as config/README.md says them: keys that mean the same share a row. */
final class SettingsTable {
  private SettingsTable() {}

  static String of(List<SectionKeys> sections) {
    MarkdownTable table = new MarkdownTable("key", "meaning", "default", "allowed");
    for (SectionKeys section : sections) {
      for (List<Key<?>> keys : alike(section)) {
        table.row(
            names(section, keys),
            keys.get(0).meaning(),
            keys.stream().map(Key::unsaid).distinct().collect(Collectors.joining(", ")),
            keys.get(0).allowed());
      }
    }
    return table.toString();
  }

  private static Iterable<List<Key<?>>> alike(SectionKeys section) {
    Map<List<String>, List<Key<?>>> byWords = new LinkedHashMap<>();
    for (Key<?> key : section.keys()) {
      byWords
          .computeIfAbsent(List.of(key.meaning(), key.allowed()), words -> new ArrayList<>())
          .add(key);
    }
    return byWords.values();
  }

  private static String names(SectionKeys section, List<Key<?>> keys) {
    String prefix = section.path().isEmpty() ? "" : section.path() + ".";
    String first = Key.words(prefix + keys.get(0).name());
    return keys.size() == 1 ? first : first + " … " + Key.words(keys.get(keys.size() - 1).name());
  }
}
