package io.customerpulse.behavior.job;

import io.customerpulse.behavior.topic.TopicRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where the pipeline ends: what becomes of the records of all topics. */
@FunctionalInterface
public interface Sinks {

  void write(DataStream<TopicRecord> records);

  /** These, and then others. */
  default Sinks andThen(Sinks others) {
    return records -> {
      write(records);
      others.write(records);
    };
  }
}
