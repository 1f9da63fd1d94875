package io.customerpulse.runtime.keyedlogic;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;

/**
 * A walk over all keys of a subtask, as far as it is wanted at a time: first those in the cache,
 * which the state backend may not know yet, then those of the state backend. A key that comes
 * meanwhile is decided about as things stand now and needn't be seen; one that is in both may be
 * seen twice.
 */
final class KeyScan implements AutoCloseable {
  private final String fingerprint;
  private final Iterator<String> cached;
  private final Stream<String> stored;
  private final Iterator<String> storedKeys;

  private KeyScan(String fingerprint, Iterator<String> cached, Stream<String> stored) {
    this.fingerprint = fingerprint;
    this.cached = cached;
    this.stored = stored;
    this.storedKeys = stored.iterator();
  }

  /**
   * Begins a walk.
   *
   * @param fingerprint what is true of every key at its end
   * @param cached the keys in the cache
   */
  static KeyScan begin(
      String fingerprint,
      List<String> cached,
      KeyedStateBackend<String> backend,
      String stateName) {
    Stream<String> stored = backend.getKeys(stateName, VoidNamespace.INSTANCE);
    if (backend instanceof HeapKeyedStateBackend<?>) {
      // The keys of a map on the heap can't be walked while it changes. RocksDB gives a view.
      List<String> copy = stored.toList();
      stored.close();
      stored = copy.stream();
    }
    return new KeyScan(fingerprint, cached.iterator(), stored);
  }

  String fingerprint() {
    return fingerprint;
  }

  boolean hasNext() {
    return cached.hasNext() || storedKeys.hasNext();
  }

  String next() {
    return cached.hasNext() ? cached.next() : storedKeys.next();
  }

  @Override
  public void close() {
    stored.close();
  }
}
