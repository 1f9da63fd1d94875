package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * Where elements wait until the watermark has passed them, outside of the state of their keys.
 * Arrival reads no state and writes none.
 *
 * <p>What has come since the last barrier is on the heap, up to a limit. At a barrier, and at the
 * limit, all of it is written to the state backend, sorted by time and cut into chunks of {@value
 * #CHUNK_BYTES} bytes for each key group, and leaves the heap but for one small entry a chunk. A
 * chunk is read again, whole, when its first element is due. So an element that waits for a minute
 * costs the backend its bytes, and some hundredth of a write, a read and a delete.
 */
final class ReorderBuffer<T> {

  /** Takes what is due. */
  interface Due<T> {
    /**
     * The elements of one key group up to a time, all those that are left of them, the earliest
     * first.
     */
    void take(List<T> elements, long untilMillis) throws Exception;
  }

  static final int CHUNK_BYTES = 16 << 10;

  /** Of the heap, for what is handed over at a time; elements of one instant are never parted. */
  private static final int MOST_DUE_BYTES = 4 << 20;

  private final Buffering<T> buffering;
  private final long heapLimit;
  private final KeyedStateBackend<String> backend;
  private final KeyGroupKeys keys;
  private final MapState<Long, byte[]> chunks;
  private final Gauges gauges;
  private final List<Group> groups;
  private final DataOutputSerializer out = new DataOutputSerializer(CHUNK_BYTES);
  private final DataInputDeserializer in = new DataInputDeserializer();

  private long heapBytes;
  private long waiting;

  /**
   * A buffer with what a checkpoint has of it.
   *
   * @param heapLimit bytes, beyond which what waits goes to the backend at once
   * @param chunks of the state backend, by key group and number
   */
  ReorderBuffer(
      Buffering<T> buffering,
      long heapLimit,
      KeyedStateBackend<String> backend,
      KeyGroupKeys keys,
      MapState<Long, byte[]> chunks,
      Gauges gauges)
      throws Exception {
    this.buffering = buffering;
    this.heapLimit = heapLimit;
    this.backend = backend;
    this.keys = keys;
    this.chunks = chunks;
    this.gauges = gauges;
    groups = new ArrayList<>(keys.size());
    for (int index = 0; index < keys.size(); index++) {
      Group group = new Group(keys.key(index));
      group.restore();
      groups.add(group);
    }
    gauges.waiting(waiting, heapBytes);
  }

  /** Lets an element wait. */
  void add(String key, T element) throws Exception {
    waiting++;
    groups.get(keys.indexOf(key)).hold(element);
    if (heapBytes > heapLimit) {
      spill();
    }
    gauges.waiting(waiting, heapBytes);
  }

  /** Hands over what the watermark has reached. */
  void release(long watermarkMillis, Due<T> due) throws Exception {
    for (Group group : groups) {
      group.release(watermarkMillis, due);
    }
    gauges.waiting(waiting, heapBytes);
  }

  /** Writes to the state backend what is on the heap. */
  void spill() throws Exception {
    for (Group group : groups) {
      group.spill();
    }
    gauges.waiting(waiting, heapBytes);
  }

  /** Some elements in the state backend. */
  private record Chunk(long number, long firstMillis) {}

  /** What waits of one key group. */
  private final class Group {
    private final String key;
    private final PriorityQueue<T> onHeap =
        new PriorityQueue<>(Comparator.comparingLong(buffering::eventTimeMillis));
    private final PriorityQueue<Chunk> spilled =
        new PriorityQueue<>(Comparator.comparingLong(Chunk::firstMillis));
    private long nextNumber;

    Group(String key) {
      this.key = key;
    }

    void restore() throws Exception {
      backend.setCurrentKey(key);
      Iterator<Map.Entry<Long, byte[]>> kept = chunks.iterator();
      while (kept.hasNext()) {
        Map.Entry<Long, byte[]> chunk = kept.next();
        List<T> elements = elements(chunk.getValue());
        waiting += elements.size();
        spilled.add(new Chunk(chunk.getKey(), buffering.eventTimeMillis(elements.get(0))));
        nextNumber = Math.max(nextNumber, chunk.getKey() + 1);
      }
    }

    void hold(T element) {
      onHeap.add(element);
      heapBytes += buffering.heapBytes(element);
    }

    void release(long watermarkMillis, Due<T> due) throws Exception {
      List<T> batch = new ArrayList<>();
      int batchBytes = 0;
      long reachedMillis = Long.MIN_VALUE;
      while (true) {
        T first = onHeap.peek();
        Chunk chunk = spilled.peek();
        long elementMillis = first == null ? Long.MAX_VALUE : buffering.eventTimeMillis(first);
        if (chunk != null && chunk.firstMillis() <= Math.min(elementMillis, watermarkMillis)) {
          load(spilled.poll());
        } else if (first == null || elementMillis > watermarkMillis) {
          break;
        } else {
          if (batchBytes > MOST_DUE_BYTES && elementMillis > reachedMillis) {
            due.take(batch, reachedMillis);
            batch = new ArrayList<>();
            batchBytes = 0;
          }
          batch.add(onHeap.poll());
          waiting--;
          int bytes = buffering.heapBytes(first);
          heapBytes -= bytes;
          batchBytes += bytes;
          reachedMillis = elementMillis;
        }
      }
      if (!batch.isEmpty()) {
        due.take(batch, watermarkMillis);
      }
    }

    private void load(Chunk chunk) throws Exception {
      backend.setCurrentKey(key);
      elements(chunks.get(chunk.number())).forEach(this::hold);
      chunks.remove(chunk.number());
    }

    void spill() throws Exception {
      if (onHeap.isEmpty()) {
        return;
      }
      backend.setCurrentKey(key);
      long firstMillis = buffering.eventTimeMillis(onHeap.peek());
      for (T element = onHeap.poll(); element != null; element = onHeap.poll()) {
        if (out.length() >= CHUNK_BYTES) {
          write(firstMillis);
          firstMillis = buffering.eventTimeMillis(element);
        }
        buffering.serializer().serialize(element, out);
        heapBytes -= buffering.heapBytes(element);
      }
      write(firstMillis);
    }

    private void write(long firstMillis) throws Exception {
      chunks.put(nextNumber, out.getCopyOfBuffer());
      out.clear();
      spilled.add(new Chunk(nextNumber, firstMillis));
      nextNumber++;
    }

    private List<T> elements(byte[] chunk) throws IOException {
      in.setBuffer(chunk);
      List<T> elements = new ArrayList<>();
      while (in.available() > 0) {
        elements.add(buffering.serializer().deserialize(in));
      }
      return elements;
    }
  }
}
