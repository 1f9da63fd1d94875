package io.customerpulse.behavior.codecs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A value as lines, one for each thing it says: where it stands, and what it is. Two values whose
 * lines are equal say the same; one that has all lines of another says at least as much.
 */
final class Leaves {
  private final List<String> lines = new ArrayList<>();

  private Leaves() {}

  /** The lines, in ASCII: samples have characters that no file can hold. */
  static List<String> of(Object value) {
    Leaves leaves = new Leaves();
    leaves.add("", value);
    return leaves.lines;
  }

  private void add(String path, Object value) {
    if (value instanceof Record parts) {
      for (RecordComponent part : parts.getClass().getRecordComponents()) {
        add(path + '.' + part.getName(), valueOf(part, parts));
      }
    } else if (value instanceof Collection<?> elements) {
      lines.add(path + ".size = " + elements.size());
      int place = 0;
      for (Object element : elements) {
        add(path + '[' + place++ + ']', element);
      }
    } else if (value instanceof Map<?, ?> entries) {
      lines.add(path + ".size = " + entries.size());
      entries.forEach((key, entry) -> add(path + '[' + ascii(key) + ']', entry));
    } else {
      lines.add(path + " = " + ascii(value));
    }
  }

  private static Object valueOf(RecordComponent part, Record whole) {
    try {
      var accessor = part.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ascii(Object value) {
    StringBuilder text = new StringBuilder();
    for (char c : String.valueOf(value).toCharArray()) {
      text.append(
          c >= ' ' && c <= '~'
              ? String.valueOf(c)
              : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return text.toString();
  }
}
