package io.customerpulse.history.convert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a file.
 *
 * @param names in their order; several may have one name
 */
record Header(List<String> names) {

  /** How many cells a row has. */
  int width() {
    return names.size();
  }

  /** Where in a row the cell of a column stands that exists once. */
  int place(String name) {
    return names.indexOf(name);
  }

  Set<String> distinct() {
    return new LinkedHashSet<>(names);
  }

  /** Where a name stands, from 1, every time. */
  List<Integer> positions(String name) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        positions.add(i + 1);
      }
    }
    return positions;
  }
}
