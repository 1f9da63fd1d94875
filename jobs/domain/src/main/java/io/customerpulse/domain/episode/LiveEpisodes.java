package io.customerpulse.domain.episode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The live episodes while a decision is being made: one per rule and scope, the oldest first. */
final class LiveEpisodes {
  private final List<Episode> before;

  /** Put together when something is looked up for the first time: most events look up nothing. */
  private Map<Key, Episode> byKey;

  private boolean changed;

  private record Key(String ruleId, String scopeKey) {
    private static Key of(Episode episode) {
      return new Key(episode.ruleId(), episode.scopeKey());
    }
  }

  LiveEpisodes(List<Episode> before) {
    this.before = before;
  }

  /** All of them, as they are now. */
  List<Episode> all() {
    return changed ? List.copyOf(byKey.values()) : before;
  }

  boolean isEmpty() {
    return changed ? byKey.isEmpty() : before.isEmpty();
  }

  int size() {
    return changed ? byKey.size() : before.size();
  }

  /** Null where there is none. */
  Episode get(String ruleId, String scopeKey) {
    return isEmpty() ? null : byKey().get(new Key(ruleId, scopeKey));
  }

  /** Adds an episode, or puts it in the place of an earlier state of it. */
  void put(Episode episode) {
    byKey().put(Key.of(episode), episode);
    changed = true;
  }

  void remove(Episode episode) {
    byKey().remove(Key.of(episode));
    changed = true;
  }

  void removeOldest() {
    Collection<Episode> episodes = byKey().values();
    episodes.remove(episodes.iterator().next());
    changed = true;
  }

  private Map<Key, Episode> byKey() {
    if (byKey == null) {
      byKey = new LinkedHashMap<>();
      for (Episode episode : before) {
        byKey.put(Key.of(episode), episode);
      }
    }
    return byKey;
  }
}
