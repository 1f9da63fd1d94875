package io.customerpulse.behavior.topic;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** One record on its way to a topic, already encoded. Immutable: the bytes are never changed. */
@TypeInfo(TopicRecordTypeInfo.Factory.class)
public final class TopicRecord {
  private final Topic topic;
  private final String key;
  private final byte[] value;
  private final long timestampMillis;

  private TopicRecord(Topic topic, String key, byte[] value, long timestampMillis) {
    this.topic = Objects.requireNonNull(topic, "topic");
    this.key = Objects.requireNonNull(key, "key");
    this.value = value;
    this.timestampMillis = timestampMillis;
  }

  /**
   * A value under a key.
   *
   * @param value the encoded value; not copied
   * @param timestampMillis when it became true, event time
   */
  public static TopicRecord of(Topic topic, String key, byte[] value, long timestampMillis) {
    return new TopicRecord(topic, key, Objects.requireNonNull(value, "value"), timestampMillis);
  }

  /**
   * The end of a key: a compacted topic forgets it.
   *
   * @param timestampMillis when it became true, event time
   */
  public static TopicRecord tombstone(Topic topic, String key, long timestampMillis) {
    return new TopicRecord(topic, key, null, timestampMillis);
  }

  public Topic topic() {
    return topic;
  }

  public String key() {
    return key;
  }

  /** The encoded value, or null for a tombstone. */
  public byte[] value() {
    return value;
  }

  public boolean isTombstone() {
    return value == null;
  }

  public long timestampMillis() {
    return timestampMillis;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicRecord that
        && topic == that.topic
        && timestampMillis == that.timestampMillis
        && key.equals(that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic.wireName(), key, Arrays.hashCode(value), timestampMillis);
  }

  @Override
  public String toString() {
    String what = isTombstone() ? "tombstone" : value.length + " bytes";
    return topic.wireName() + '[' + key + "]: " + what + " at " + timestampMillis;
  }
}
