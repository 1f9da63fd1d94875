package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.codecs.Types;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.behavior.topic.TopicRecordTypeInfo;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.time.WatermarkCap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Parsed records → clean events, each once.
 *
 * <pre>
 * parsed → [end at as-of] → route ─┬→ by identifier → find duplicates → events
 *                                  └→ dead letters
 * </pre>
 *
 * <p>Every record that is read is counted as exactly one of rejected, after as-of, duplicate, or
 * goes on as an event, of which the customer topology says whether it is accepted or rejected.
 */
public final class IngestTopology {
  /** Where what can't be taken is put. */
  static final OutputTag<TopicRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TopicRecordTypeInfo.INSTANCE);

  private IngestTopology() {}

  /** What comes out. */
  public record Ingested(DataStream<EncodedEvent> events, DataStream<TopicRecord> deadLetters) {}

  /**
   * Puts the topology behind a stream of parsed records.
   *
   * @param parsed with watermarks, every one of the events with its origin
   */
  public static Ingested apply(DataStream<ParseResult> parsed, Settings settings, RunMode run) {
    SingleOutputStreamOperator<EncodedEvent> sorted =
        endingInTime(parsed, run)
            .process(new RouteParsed(run), Types.ENCODED_EVENT)
            .uid(Uids.SORT_READINGS)
            .name("Sort events from dead letters");
    SingleOutputStreamOperator<EncodedEvent> unique =
        sorted
            .keyBy(EncodedEvent::identifierKey)
            .transform(
                "Find duplicates",
                Types.ENCODED_EVENT,
                new DeduplicationOperator.Factory(settings.dedup().window(), run.isBounded()))
            .uid(Uids.FIND_DUPLICATES);
    return new Ingested(unique, sorted.getSideOutput(DEAD_LETTERS));
  }

  private static DataStream<ParseResult> endingInTime(DataStream<ParseResult> parsed, RunMode run) {
    return run.end()
        .<DataStream<ParseResult>>map(
            end ->
                parsed
                    .transform("End at as-of", Types.PARSE_RESULT, new WatermarkCap<>(end))
                    .uid(Uids.END_AT_AS_OF))
        .orElse(parsed);
  }
}
