package io.customerpulse.runtime.keyedlogic;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.heap.HeapPriorityQueue;

/**
 * The states that were used last, in memory, and the queue of what is due. A customer on a visit
 * sends one event after another: read once, decided many times, written once. Neither the states
 * nor their timers reach the state backend before they are evicted or a checkpoint begins.
 *
 * <p>Bounded by a {@link CacheBound}: the state used least recently leaves, and is written if it
 * changed.
 */
final class WriteBackCache<S> {

  /** The state backend underneath. */
  interface Backing<S> {
    /** Fills a new entry with what is kept of its key, if anything. */
    void load(CacheEntry<S> entry) throws Exception;

    /** Keeps what an entry holds, and arms its timer. */
    void save(CacheEntry<S> entry) throws Exception;
  }

  private static final float LOAD_FACTOR = 0.75f;
  private static final boolean BY_ACCESS = true;

  private final CacheBound bound;
  private final Backing<S> backing;
  private final Map<String, CacheEntry<S>> slots;
  private final HeapPriorityQueue<CacheEntry<S>> due;

  /** An empty cache. */
  WriteBackCache(CacheBound bound, Backing<S> backing) {
    this.bound = bound;
    this.backing = backing;
    this.slots = new LinkedHashMap<>(16, LOAD_FACTOR, BY_ACCESS);
    this.due =
        new HeapPriorityQueue<>((one, other) -> Long.compare(one.dueMillis, other.dueMillis), 16);
  }

  /** The entry of a key if it is in memory, else null. */
  CacheEntry<S> present(String key) {
    return slots.get(key);
  }

  /** The keys in memory, a copy. */
  List<String> keys() {
    return List.copyOf(slots.keySet());
  }

  /** Reads the state of a key that is not in memory, and makes room for it. */
  CacheEntry<S> load(String key) throws Exception {
    // More than one where the bound has come down.
    for (int more = slots.size() - bound.get(); more >= 0; more--) {
      evictEldest();
    }
    CacheEntry<S> entry = new CacheEntry<>(key);
    backing.load(entry);
    slots.put(key, entry);
    bound.holds(slots.size());
    if (entry.dueMillis != StoredState.NEVER) {
      due.add(entry);
    }
    return entry;
  }

  private void evictEldest() throws Exception {
    Iterator<CacheEntry<S>> eldestFirst = slots.values().iterator();
    CacheEntry<S> eldest = eldestFirst.next();
    if (eldest.dirty) {
      write(eldest);
    }
    eldestFirst.remove();
    if (eldest.dueMillis != StoredState.NEVER) {
      due.remove(eldest);
    }
  }

  /** Replaces what is remembered of a key. */
  void update(CacheEntry<S> entry, S state, long dueMillis) {
    entry.state = state;
    entry.dirty = true;
    if (dueMillis == entry.dueMillis) {
      return;
    }
    boolean queued = entry.dueMillis != StoredState.NEVER;
    entry.dueMillis = dueMillis;
    if (dueMillis == StoredState.NEVER) {
      due.remove(entry);
    } else if (queued) {
      due.adjustModifiedElement(entry);
    } else {
      due.add(entry);
    }
  }

  /** The entry that is due first, if that is by a given time; else null. It stays in the queue. */
  CacheEntry<S> nextDue(long untilMillis) {
    CacheEntry<S> first = due.peek();
    return first != null && first.dueMillis <= untilMillis ? first : null;
  }

  /** Writes back everything that changed; says how much it was. */
  int flush() throws Exception {
    ArrayDeque<CacheEntry<S>> forgotten = new ArrayDeque<>();
    int written = 0;
    for (CacheEntry<S> entry : slots.values()) {
      if (entry.dirty) {
        write(entry);
        written++;
        if (entry.state == null) {
          forgotten.add(entry);
        }
      }
    }
    for (CacheEntry<S> entry : forgotten) {
      slots.remove(entry.key);
    }
    return written;
  }

  /** Gives back what it has of the pool. */
  void close() {
    bound.close();
  }

  private void write(CacheEntry<S> entry) throws Exception {
    backing.save(entry);
    entry.dirty = false;
  }
}
