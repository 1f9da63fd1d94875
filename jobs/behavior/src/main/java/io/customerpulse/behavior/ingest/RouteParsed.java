package io.customerpulse.behavior.ingest;

import io.customerpulse.behavior.avro.DeadLetterRecords;
import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.ParseResult;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Tells events from dead letters, and leaves out what a bounded run doesn't look at. */
final class RouteParsed extends ProcessFunction<ParseResult, EncodedEvent> {
  private final RunMode run;
  private final Counters counters;

  private transient DeadLetterRecords deadLetters;

  RouteParsed(RunMode run) {
    this.run = run;
    this.counters = new Counters(run.isBounded());
  }

  @Override
  public void open(OpenContext context) {
    counters.open(getRuntimeContext());
    counters.begin(Metric.READ);
    counters.begin(Metric.AFTER_AS_OF);
    deadLetters = new DeadLetterRecords(counters);
  }

  @Override
  public void processElement(ParseResult parsed, Context context, Collector<EncodedEvent> out) {
    counters.count(Metric.READ);
    if (parsed instanceof ParseResult.Valid valid) {
      take(valid.event(), out);
    } else if (parsed instanceof ParseResult.Invalid invalid) {
      DeadLetter letter = invalid.deadLetter();
      long watermark = context.timerService().currentWatermark();
      context.output(
          IngestTopology.DEAD_LETTERS, deadLetters.of(letter, run.wallTime(), watermark));
    }
  }

  private void take(BehaviorEvent event, Collector<EncodedEvent> out) {
    if (run.end().isPresent() && event.eventTime().isAfter(run.end().get())) {
      counters.count(Metric.AFTER_AS_OF);
    } else {
      out.collect(EncodedEvent.of(event));
    }
  }
}
