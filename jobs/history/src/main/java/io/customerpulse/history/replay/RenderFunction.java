package io.customerpulse.history.replay;

import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.CustomerProfileRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/**
 * Records of topics → (name of the output file, its line). Counters the lines of each file, and the
 * final profiles by stage. A tombstone is no line: it takes back a profile that a replay, which
 * writes profiles at its end alone, hasn't written.
 */
final class RenderFunction extends RichFlatMapFunction<TopicRecord, Tuple2<String, byte[]>> {
  static final TypeInformation<Tuple2<String, byte[]>> LINE =
      Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

  private static final String LINES = "replay.lines.";
  private static final String CUSTOMERS = "replay.customers.";

  private transient JsonRendering json;
  private transient Map<OutputFile, AvroEncoding<? extends SpecificRecordBase>> encodings;
  private transient Map<String, LongCounter> counters;

  /** The accumulator that counts the lines of a file. */
  static String linesOf(OutputFile file) {
    return LINES + file.fileName();
  }

  /** The accumulator that counts the customers in a stage. */
  static String customersIn(String stage) {
    return CUSTOMERS + stage;
  }

  @Override
  public void open(OpenContext context) {
    json = new JsonRendering();
    counters = new HashMap<>();
    encodings = new EnumMap<>(OutputFile.class);
    for (OutputFile file : OutputFile.values()) {
      encodings.put(file, TopicEncodings.of(file.topic()).orElseThrow());
    }
  }

  @Override
  public void flatMap(TopicRecord record, Collector<Tuple2<String, byte[]>> out) {
    OutputFile file = OutputFile.of(record.topic()).orElse(null);
    if (file == null || record.isTombstone()) {
      return;
    }
    SpecificRecordBase value = encodings.get(file).decode(record.value());
    if (value instanceof CustomerProfileRecord profile) {
      count(customersIn(profile.getStage().name()));
    }
    count(linesOf(file));
    byte[] line = (json.line(value) + '\n').getBytes(StandardCharsets.UTF_8);
    out.collect(Tuple2.of(file.fileName(), line));
  }

  private void count(String name) {
    counters
        .computeIfAbsent(
            name,
            missing -> {
              LongCounter counter = new LongCounter();
              getRuntimeContext().addAccumulator(missing, counter);
              return counter;
            })
        .add(1);
  }
}
