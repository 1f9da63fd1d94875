package io.customerpulse.history.replay;

import io.customerpulse.history.replay.ScenarioEvents.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Lines in the order in which they arrive, as a stream of (file, line number, bytes). Time goes on
 * between them as in the running job: a line that arrives at ten finds the watermark at ten less
 * the bound, however long nothing came before.
 */
final class ArrivingLines {
  /** Stands before a line and carries, instead of a line number, the watermark that it meets. */
  private static final int TICK = -1;

  private ArrivingLines() {}

  static DataStream<Tuple3<Integer, Long, byte[]>> of(
      StreamExecutionEnvironment env, List<Arrival> arrivals, Duration bound) {
    List<Arrival> inOrder = new ArrayList<>(arrivals);
    inOrder.sort(Comparator.comparing(Arrival::at));
    List<Tuple3<Integer, Long, byte[]>> rows = new ArrayList<>();
    for (Arrival arrival : inOrder) {
      if (arrival.at().isAfter(Instant.EPOCH)) {
        rows.add(Tuple3.of(TICK, arrival.at().minus(bound).toEpochMilli(), new byte[0]));
      }
      byte[] line = arrival.line().getBytes(StandardCharsets.UTF_8);
      rows.add(Tuple3.of(0, arrivals.indexOf(arrival) + 1L, line));
    }
    return env.fromData(rows, SortedRecordsSource.RECORD)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Tuple3<Integer, Long, byte[]>>forGenerator(context -> new Ticks()))
        .filter(row -> row.f0 != TICK);
  }

  private static final class Ticks implements WatermarkGenerator<Tuple3<Integer, Long, byte[]>> {
    @Override
    public void onEvent(Tuple3<Integer, Long, byte[]> row, long timestamp, WatermarkOutput output) {
      if (row.f0 == TICK) {
        output.emitWatermark(new Watermark(row.f1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
