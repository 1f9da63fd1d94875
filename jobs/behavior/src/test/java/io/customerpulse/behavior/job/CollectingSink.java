package io.customerpulse.behavior.job;

import io.customerpulse.behavior.topic.TopicRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Puts records into a list of this process. */
final class CollectingSink implements Sink<TopicRecord> {
  /** Sinks travel as bytes, so the lists stay behind, under the sink's id. */
  private static final Map<String, List<TopicRecord>> RECORDS = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  CollectingSink() {
    RECORDS.put(id, new CopyOnWriteArrayList<>());
  }

  List<TopicRecord> records() {
    return RECORDS.get(id);
  }

  @Override
  public SinkWriter<TopicRecord> createWriter(WriterInitContext context) {
    List<TopicRecord> records = records();
    return new SinkWriter<>() {
      @Override
      public void write(TopicRecord record, Context recordContext) {
        records.add(record);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
