package io.customerpulse.behavior.population;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rfm.PopulationEffect;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts cuts and turns them into records. */
final class CutPointsMapper implements OutputMapper<PopulationEffect, TopicRecord> {
  private final Counters counters;

  private transient OutputRecords records;

  CutPointsMapper(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void open(RuntimeContext context) {
    counters.open(context);
    records = new OutputRecords();
  }

  @Override
  public void emit(
      PopulationEffect effect, Instant watermark, Output<StreamRecord<TopicRecord>> downstream) {
    if (effect instanceof PopulationEffect.CutsTaken taken) {
      send(records.cutPoints(taken.points()), downstream);
    } else if (effect instanceof PopulationEffect.CutsGivenUp givenUp) {
      send(
          records.cutPointsGivenUp(givenUp.tenantId(), givenUp.version(), givenUp.takenAt()),
          downstream);
    } else if (effect instanceof PopulationEffect.SnapshotsMerged merged) {
      counters.add(Metric.OVER_LIMIT, merged.count(), "pending_takings");
    }
  }

  private void send(TopicRecord record, Output<StreamRecord<TopicRecord>> downstream) {
    counters.count(Metric.OUTPUTS, record.topic().wireName());
    downstream.collect(new StreamRecord<>(record, record.timestampMillis()));
  }
}
