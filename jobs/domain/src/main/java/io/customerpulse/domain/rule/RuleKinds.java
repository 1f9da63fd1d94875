package io.customerpulse.domain.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The kinds of rules that there are, in the order of their precedence. Who reads a kind by its name
 * or number looks here; who has a rule has its kind.
 */
public final class RuleKinds {
  private static final RuleKinds INSTALLED =
      of(
          ServiceLoader.load(TriggerKind.class, TriggerKind.class.getClassLoader()).stream()
              .map(ServiceLoader.Provider::get)
              .toList());

  private final List<TriggerKind> all;
  private final Map<String, TriggerKind> byName;
  private final Map<Integer, TriggerKind> byCode;

  private RuleKinds(List<TriggerKind> sorted) {
    all = sorted;
    byName = index(sorted, "name", TriggerKind::wireName);
    byCode = index(sorted, "code", TriggerKind::code);
    index(sorted, "place", TriggerKind::place);
  }

  private static <K> Map<K, TriggerKind> index(
      List<TriggerKind> kinds, String what, Function<TriggerKind, K> by) {
    Map<K, TriggerKind> index = new LinkedHashMap<>();
    for (TriggerKind kind : kinds) {
      TriggerKind other = index.put(by.apply(kind), kind);
      if (other != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The kinds %s and %s both have the %s %s",
                other,
                kind,
                what,
                by.apply(kind)));
      }
    }
    return index;
  }

  /** The kinds that are named in {@code META-INF/services} of any jar. */
  public static RuleKinds installed() {
    return INSTALLED;
  }

  /**
   * These kinds.
   *
   * @throws IllegalArgumentException if two have one name, code or place
   */
  public static RuleKinds of(Collection<? extends TriggerKind> kinds) {
    return new RuleKinds(kinds.stream().<TriggerKind>map(kind -> kind).sorted().toList());
  }

  /** These kinds and another one. */
  public RuleKinds with(TriggerKind kind) {
    List<TriggerKind> kinds = new ArrayList<>(all);
    kinds.add(kind);
    return of(kinds);
  }

  public List<TriggerKind> all() {
    return all;
  }

  /** Name → kind. */
  public Map<String, TriggerKind> byName() {
    return byName;
  }

  /** The kind with a number in stored states; null where there is none. */
  public TriggerKind ofCode(int code) {
    return byCode.get(code);
  }
}
