package io.customerpulse.runtime.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fixed numbers for the constants of an enum. The declaration order of an enum has a meaning of its
 * own in the domain and may change; a number that has been written never may.
 */
public final class EnumCodes<E extends Enum<E>> {
  private static final int NULL = 0;

  private final List<E> constants;
  private final Map<E, Integer> codes;

  private EnumCodes(Class<E> type, List<E> constants) {
    this.constants = constants;
    this.codes = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      int place = constants.indexOf(constant);
      if (place < 0) {
        throw new IllegalStateException(type.getSimpleName() + "." + constant + " has no code");
      }
      codes.put(constant, place + 1);
    }
  }

  /**
   * Numbers the constants from 1; every one must be there.
   *
   * @param constants in the order in which they came into being: new ones go to the end
   */
  @SafeVarargs
  public static <E extends Enum<E>> EnumCodes<E> of(Class<E> type, E... constants) {
    List<E> inOrder = new ArrayList<>(constants.length);
    for (E constant : constants) {
      inOrder.add(constant);
    }
    return new EnumCodes<>(type, inOrder);
  }

  /** How many there are; the last one's code. */
  public int size() {
    return constants.size();
  }

  /** 0 for null. */
  public int codeOf(E constant) {
    return constant == null ? NULL : codes.get(constant);
  }

  public E constantOf(int code) throws IOException {
    if (code == NULL) {
      return null;
    }
    if (code > size()) {
      throw new IOException("Code " + code + " is of a newer release than this one");
    }
    return constants.get(code - 1);
  }
}
