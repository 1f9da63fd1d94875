package io.customerpulse.domain.episode;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the kinds of rules remember of one customer beside the episodes; immutable.
 *
 * @param byKind without those that remember nothing, in the order of the kinds
 */
public record KindMemories(SortedMap<EpisodeKind<?>, Object> byKind) {
  public static final KindMemories NONE = new KindMemories(Collections.emptySortedMap());

  /** What a kind remembers. */
  @SuppressWarnings("unchecked")
  public <M> M of(EpisodeKind<M> kind) {
    Object memory = byKind.get(kind);
    return memory == null ? kind.memoryForm().empty() : (M) memory;
  }

  /** All of it, where one kind remembers something else. */
  public <M> KindMemories with(EpisodeKind<M> kind, M memory) {
    SortedMap<EpisodeKind<?>, Object> next = new TreeMap<>(byKind);
    if (memory == null || memory.equals(kind.memoryForm().empty())) {
      next.remove(kind);
    } else {
      next.put(kind, memory);
    }
    return next.isEmpty() ? NONE : new KindMemories(Collections.unmodifiableSortedMap(next));
  }
}
