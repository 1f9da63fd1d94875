package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.avro.BehaviorEvents;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** A number → what stands on the topics: the first are customers, the others simulated events. */
final class TopicRecordsFunction extends RichFlatMapFunction<Long, TopicRecord> {
  private static final Duration SIMULATED = Duration.ofDays(90);

  private final long customers;
  private final long events;
  private transient Simulator simulator;
  private transient TrackingEventReader reader;
  private transient AvroEncoding<BehaviorEventRecord> encoding;
  private transient MadeUpCustomers madeUp;

  TopicRecordsFunction(long customers, long events) {
    this.customers = customers;
    this.events = events;
  }

  /** The shop whose events these are. */
  static SimulatorSettings shop(long customers, long events) {
    return SimulatorSettings.builder()
        .customers(customers)
        .spanning(SIMULATED, events)
        .proportions(Proportions.flawless())
        .build();
  }

  @Override
  public void open(OpenContext context) {
    SimulatorSettings shop = shop(customers, events);
    simulator = new Simulator(shop);
    reader = new TrackingEventReader(SettingsReader.defaults(), Optional.empty());
    encoding = new AvroEncoding<>(BehaviorEventRecord.class);
    madeUp = new MadeUpCustomers(shop.start(), SIMULATED);
  }

  @Override
  public void flatMap(Long number, Collector<TopicRecord> out) {
    if (number < customers) {
      madeUp.emit(number, out);
    } else {
      out.collect(event(number - customers));
    }
  }

  private TopicRecord event(long number) {
    ParseResult read =
        reader.read(new Origin("simulator", number), simulator.event(number).value(), null);
    if (!(read instanceof ParseResult.Valid valid)) {
      throw new IllegalStateException("The simulator's event " + number + " was refused");
    }
    return TopicRecord.of(
        Topic.BEHAVIOR_EVENTS,
        valid.event().customer().asText(),
        encoding.encode(BehaviorEvents.toAvro(valid.event())),
        valid.event().eventTime().toEpochMilli());
  }
}
