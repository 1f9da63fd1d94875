package io.customerpulse.behavior.population;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.KeyedLogicMetrics;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rfm.Census;
import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.runtime.keyedlogic.Gauges;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counters cuts and turns them into records. */
final class CutPointsMapper implements OutputMapper<CensusState, Census.Decision, TopicRecord> {
  private final Counters counters;
  private final KeyedLogicMetrics metrics;

  private transient OutputRecords records;

  CutPointsMapper(Counters counters) {
    this.counters = counters;
    this.metrics = new KeyedLogicMetrics(Uids.TAKE_CUTS, counters);
  }

  @Override
  public void open(RuntimeContext context, Gauges gauges) {
    counters.open(context);
    metrics.open(gauges);
    records = new OutputRecords();
  }

  @Override
  public void emit(
      Census.Decision decision, Instant watermark, Output<StreamRecord<TopicRecord>> downstream) {
    if (decision.mergedTakings() > 0) {
      counters.add(Metric.OVER_LIMIT, decision.mergedTakings(), "pending_takings");
    }
    for (CutPoints points : decision.taken()) {
      send(records.cutPoints(points), downstream);
    }
    for (String version : decision.givenUp()) {
      CensusState state = decision.next();
      send(records.cutPointsGivenUp(state.tenantId(), version, state.takenAt()), downstream);
    }
  }

  private void send(TopicRecord record, Output<StreamRecord<TopicRecord>> downstream) {
    counters.count(Metric.OUTPUTS, record.topic().wireName());
    downstream.collect(new StreamRecord<>(record, record.timestampMillis()));
  }

  @Override
  public void timerFired() {
    metrics.timerFired();
  }

  @Override
  public void reevaluated() {
    metrics.reevaluated();
  }

  @Override
  public void cacheMissed() {
    metrics.cacheMissed();
  }

  @Override
  public void flushed(int entries, long nanos) {
    metrics.flushed(entries, nanos);
  }

  @Override
  public void sampled(CensusState state, int bytes) {
    metrics.stored(bytes);
  }

  @Override
  public void checkpointed() {
    metrics.checkpointed();
  }
}
