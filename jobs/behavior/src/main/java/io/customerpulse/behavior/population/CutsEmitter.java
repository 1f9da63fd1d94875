package io.customerpulse.behavior.population;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counts;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.OperatorCounts;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rfm.Census;
import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.runtime.keyedlogic.Emitter;
import io.customerpulse.runtime.keyedlogic.Figures;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts cuts and turns them into records. */
final class CutsEmitter implements Emitter<CensusState, Census.Decision, TopicRecord> {
  private final Counts counts;
  private final OperatorCounts operatorCounts;

  private transient OutputRecords records;

  CutsEmitter(Counts counts) {
    this.counts = counts;
    this.operatorCounts = new OperatorCounts(Uids.TAKE_CUTS, counts);
  }

  @Override
  public void open(RuntimeContext context, Figures figures) {
    counts.open(context);
    operatorCounts.open(figures);
    records = new OutputRecords();
  }

  @Override
  public void emit(
      Census.Decision decision, Instant watermark, Output<StreamRecord<TopicRecord>> downstream) {
    if (decision.mergedTakings() > 0) {
      counts.add(Metric.OVER_LIMIT, decision.mergedTakings(), "pending_takings");
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
    counts.count(Metric.OUTPUTS, record.topic().wireName());
    downstream.collect(new StreamRecord<>(record, record.timestampMillis()));
  }

  @Override
  public void woken() {
    operatorCounts.woken();
  }

  @Override
  public void askedAgain() {
    operatorCounts.askedAgain();
  }

  @Override
  public void cacheMissed() {
    operatorCounts.cacheMissed();
  }

  @Override
  public void flushed(int entries, long nanos) {
    operatorCounts.flushed(entries, nanos);
  }

  @Override
  public void sampled(CensusState state, int bytes) {
    operatorCounts.stored(bytes);
  }

  @Override
  public void checkpointed() {
    operatorCounts.checkpointed();
  }
}
