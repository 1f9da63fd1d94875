package io.customerpulse.behavior.job;

import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The records of all topics, as the operators send them.
 *
 * @param byUid in one stream for each operator, under the uid of {@link Uids} of a sink that stands
 *     in one chain with it
 */
public record Outputs(Map<String, DataStream<TopicRecord>> byUid) {

  /** All of them in one stream, for a run in which it doesn't matter who writes. */
  public DataStream<TopicRecord> union() {
    return byUid.values().stream().reduce(DataStream::union).orElseThrow();
  }

  /** No records. */
  static Outputs none() {
    return new Outputs(Map.of());
  }

  Outputs with(String uid, DataStream<TopicRecord> records) {
    Map<String, DataStream<TopicRecord>> more = new LinkedHashMap<>(byUid);
    more.put(uid, records);
    return new Outputs(more);
  }
}
