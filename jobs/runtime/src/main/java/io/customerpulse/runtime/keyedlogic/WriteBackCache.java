package io.customerpulse.runtime.keyedlogic;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.heap.HeapPriorityQueue;

/**
 * The states that were used last, in memory, and the queue of their wakes. A customer on a visit
 * sends one event after another: read once, decided many times, written once. Neither the states
 * nor their timers reach the state backend before they are evicted or a checkpoint begins.
 *
 * <p>Bounded by a {@link CacheBound}: the state used least recently leaves, and is written if it
 * changed.
 */
final class WriteBackCache<S> {

  /** The state backend underneath. */
  interface Backing<S> {
    /** Fills a new slot with what is kept of its key, if anything. */
    void load(Slot<S> slot) throws Exception;

    /** Keeps what a slot holds, and arms its timer. */
    void save(Slot<S> slot) throws Exception;
  }

  private static final float LOAD_FACTOR = 0.75f;
  private static final boolean BY_ACCESS = true;

  private final CacheBound bound;
  private final Backing<S> backing;
  private final Map<String, Slot<S>> slots;
  private final HeapPriorityQueue<Slot<S>> wakes;

  /** An empty cache. */
  WriteBackCache(CacheBound bound, Backing<S> backing) {
    this.bound = bound;
    this.backing = backing;
    this.slots = new LinkedHashMap<>(16, LOAD_FACTOR, BY_ACCESS);
    this.wakes =
        new HeapPriorityQueue<>((one, other) -> Long.compare(one.wakeMillis, other.wakeMillis), 16);
  }

  /** The slot of a key if it is in memory, else null. */
  Slot<S> present(String key) {
    return slots.get(key);
  }

  /** The keys in memory, a copy. */
  List<String> keys() {
    return List.copyOf(slots.keySet());
  }

  /** Reads the state of a key that is not in memory, and makes room for it. */
  Slot<S> load(String key) throws Exception {
    // More than one where the bound has come down.
    for (int more = slots.size() - bound.get(); more >= 0; more--) {
      evictEldest();
    }
    Slot<S> slot = new Slot<>(key);
    backing.load(slot);
    slots.put(key, slot);
    if (slot.wakeMillis != Kept.NEVER) {
      wakes.add(slot);
    }
    return slot;
  }

  private void evictEldest() throws Exception {
    Iterator<Slot<S>> eldestFirst = slots.values().iterator();
    Slot<S> eldest = eldestFirst.next();
    if (eldest.dirty) {
      write(eldest);
    }
    eldestFirst.remove();
    if (eldest.wakeMillis != Kept.NEVER) {
      wakes.remove(eldest);
    }
  }

  /** Replaces what is remembered of a key. */
  void update(Slot<S> slot, S state, long wakeMillis) {
    slot.state = state;
    slot.dirty = true;
    if (wakeMillis == slot.wakeMillis) {
      return;
    }
    boolean queued = slot.wakeMillis != Kept.NEVER;
    slot.wakeMillis = wakeMillis;
    if (wakeMillis == Kept.NEVER) {
      wakes.remove(slot);
    } else if (queued) {
      wakes.adjustModifiedElement(slot);
    } else {
      wakes.add(slot);
    }
  }

  /** The slot that wakes first, if that is by a given time; else null. It stays in the queue. */
  Slot<S> nextDue(long untilMillis) {
    Slot<S> first = wakes.peek();
    return first != null && first.wakeMillis <= untilMillis ? first : null;
  }

  /** Writes back everything that changed; says how much it was. */
  int flush() throws Exception {
    ArrayDeque<Slot<S>> forgotten = new ArrayDeque<>();
    int written = 0;
    for (Slot<S> slot : slots.values()) {
      if (slot.dirty) {
        write(slot);
        written++;
        if (slot.state == null) {
          forgotten.add(slot);
        }
      }
    }
    for (Slot<S> slot : forgotten) {
      slots.remove(slot.key);
    }
    return written;
  }

  private void write(Slot<S> slot) throws Exception {
    backing.save(slot);
    slot.dirty = false;
  }
}
