package io.customerpulse.runtime.keyedlogic;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Something that steers the decisions about all keys: the latest value under a name, the end of
 * one, or word that the log of broadcast records has been read to the end that it had at the start.
 * Comes in one order to every subtask. Immutable: the bytes are never changed.
 */
@TypeInfo(BroadcastRecordTypeInfo.Factory.class)
public final class BroadcastRecord {
  private static final BroadcastRecord END = new BroadcastRecord("", 0, 0, "", null);

  private final String topic;
  private final int partition;
  private final long offset;
  private final String key;
  private final byte[] value;

  private BroadcastRecord(String topic, int partition, long offset, String key, byte[] value) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.key = key;
    this.value = value;
  }

  /**
   * A value, or the end of one.
   *
   * @param topic by the contract's name, not empty
   * @param key within the topic
   * @param value as it was read, not copied; null if there is none any more
   */
  public static BroadcastRecord of(
      String topic, int partition, long offset, String key, byte[] value) {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("A control has a topic");
    }
    return new BroadcastRecord(topic, partition, offset, Objects.requireNonNull(key, "key"), value);
  }

  /** Everything that the log held when reading began has been read. */
  public static BroadcastRecord endOfLog() {
    return END;
  }

  public boolean isEndOfLog() {
    return topic.isEmpty();
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  public String key() {
    return key;
  }

  /** Null where nothing stands under the key any more. */
  public byte[] value() {
    return value;
  }

  /** What the broadcast record replaces: the one of the same name. */
  String name() {
    return topic + '/' + key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BroadcastRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && key.equals(that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset, key, Arrays.hashCode(value));
  }

  @Override
  public String toString() {
    if (isEndOfLog()) {
      return "end of log";
    }
    String what = value == null ? "nothing" : value.length + " bytes";
    return topic + '-' + partition + '@' + offset + '[' + key + "]: " + what;
  }
}
