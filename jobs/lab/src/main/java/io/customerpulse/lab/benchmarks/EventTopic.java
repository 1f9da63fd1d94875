package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.avro.BehaviorEvents;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.lab.simulator.SimulatedRecord;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.BehaviorEventRecord;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Fills a topic with the clean events of simulated visits. */
final class EventTopic {
  private EventTopic() {}

  /** Writes events 0 to {@code events} of a simulator without flaws, telling how far it is. */
  // The producer's flush waits for all of them; a failure would show as a run that is too short.
  @SuppressWarnings("FutureReturnValueIgnored")
  static void fill(
      String broker, String topic, Simulator simulator, long events, LongConsumer progress) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
    TrackingEventReader reader =
        new TrackingEventReader(SettingsReader.defaults(), Optional.empty());
    AvroEncoding<BehaviorEventRecord> encoding = new AvroEncoding<>(BehaviorEventRecord.class);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      for (long number = 0; number < events; number++) {
        SimulatedRecord record = simulator.event(number);
        ParseResult read = reader.read(new Origin("simulator", number), record.value(), null);
        if (!(read instanceof ParseResult.Valid valid)) {
          throw new IllegalStateException("The simulator's event " + number + " was refused");
        }
        BehaviorEvent event = valid.event();
        producer.send(
            new ProducerRecord<>(
                topic, event.customer().asText(), encoding.encode(BehaviorEvents.toAvro(event))));
        progress.accept(number);
      }
      producer.flush();
    }
  }
}
