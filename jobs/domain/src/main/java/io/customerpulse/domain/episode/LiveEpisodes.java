package io.customerpulse.domain.episode;

import io.customerpulse.domain.rule.Rule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The live episodes while a decision is being made: one per rule and scope, the oldest first. */
final class LiveEpisodes {
  private final List<Episode> before;
  private final EpisodeEffects effects;

  /** Put together when something is looked up for the first time: most events look up nothing. */
  private Map<Key, Episode> byKey;

  private int changes;

  private record Key(String ruleId, String scopeKey) {
    private static Key of(Episode episode) {
      return new Key(episode.ruleId(), episode.scopeKey());
    }
  }

  LiveEpisodes(List<Episode> before, EpisodeEffects effects) {
    this.before = before;
    this.effects = effects;
  }

  /** All of them, as they are now. */
  List<Episode> all() {
    return changes > 0 ? List.copyOf(byKey.values()) : before;
  }

  boolean isEmpty() {
    return changes > 0 ? byKey.isEmpty() : before.isEmpty();
  }

  /** How often any of them has changed so far. */
  int changes() {
    return changes;
  }

  /** Null where there is none. */
  Episode get(String ruleId, String scopeKey) {
    return isEmpty() ? null : byKey().get(new Key(ruleId, scopeKey));
  }

  /** One more; over the limit the oldest goes. */
  void add(Episode episode) {
    put(episode);
    effects.opened(episode);
    if (byKey.size() > EpisodeBook.LIVE_LIMIT) {
      Collection<Episode> episodes = byKey.values();
      episodes.remove(episodes.iterator().next());
      effects.episodesOverLimit();
    }
  }

  /** Puts an episode in the place of an earlier state of it, or ends it if nothing is to come. */
  void replace(Episode after, Rule rule) {
    if (after.isComplete(rule)) {
      end(after);
    } else {
      put(after);
    }
  }

  void end(Episode episode) {
    byKey().remove(Key.of(episode));
    changes++;
  }

  private void put(Episode episode) {
    byKey().put(Key.of(episode), episode);
    changes++;
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
