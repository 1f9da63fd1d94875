package io.customerpulse.behavior.job;

import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the pipeline begins.
 *
 * @param parsed records with watermarks, every one of the events with its origin
 * @param broadcastRecords of the topics that steer the job, in one order; null where rules and cuts
 *     don't change while it runs
 */
public record Sources(
    DataStream<ParseResult> parsed, DataStream<BroadcastRecord> broadcastRecords) {

  /** Those of a run that nothing steers. */
  public static Sources of(DataStream<ParseResult> parsed) {
    return new Sources(parsed, null);
  }

  /** Those of a run whose rules and cuts change while it runs. */
  public static Sources of(
      DataStream<ParseResult> parsed, DataStream<BroadcastRecord> broadcastRecords) {
    return new Sources(parsed, broadcastRecords);
  }
}
