package io.customerpulse.client.tail;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.cli.BrokerSettings;
import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.kafka.TopicReader;
import io.customerpulse.schemas.AvroEncoding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scripts/tail}: a topic as JSON lines, until it is interrupted. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a topic as JSON lines, as it grows; only what is committed. Ends with Ctrl-C.",
      "A tombstone is shown as {\"key\": …, \"value\": null}."
    })
public final class TailCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(500);

  @Parameters(paramLabel = "TOPIC", description = "The contract's name, e.g. marketing-triggers.")
  private String topicName;

  @Mixin private BrokerSettings broker;

  @Option(names = "--from-beginning", description = "Show what is there already, too.")
  private boolean fromBeginning;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after N records; default: never.",
      defaultValue = "0")
  private long count;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Topic topic = topic();
    if (count < 0) {
      throw new ParameterException(
          spec.commandLine(), "--count: " + count + " is not allowed; allowed: 0 or more");
    }
    DeploymentSettings settings = broker.read();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic), fromBeginning);
        ShutdownHook onSignal = new ShutdownHook("tail-stop", reader::wakeUp)) {
      print(reader, topic, out);
    } catch (WakeupException e) {
      out.flush();
    }
    return 0;
  }

  private void print(TopicReader reader, Topic topic, PrintStream out) {
    Optional<AvroEncoding<? extends SpecificRecordBase>> encoding = TopicEncodings.of(topic);
    JsonRendering rendering = new JsonRendering();
    long shown = 0;
    while (!out.checkError()) {
      for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
        out.println(line(record, encoding, rendering));
        shown++;
        if (shown == count) {
          out.flush();
          return;
        }
      }
      out.flush();
    }
  }

  private static String line(
      ConsumerRecord<String, byte[]> record,
      Optional<AvroEncoding<? extends SpecificRecordBase>> encoding,
      JsonRendering rendering) {
    if (record.value() == null) {
      String key = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(record.key()));
      return "{\"key\":\"" + key + "\",\"value\":null}";
    }
    return encoding
        .map(avro -> rendering.line(avro.decode(record.value())))
        .orElseGet(() -> new String(record.value(), StandardCharsets.UTF_8));
  }

  private Topic topic() {
    return Topic.ofWireName(topicName)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "TOPIC: "
                        + topicName
                        + " is not allowed; allowed: "
                        + Arrays.stream(Topic.values())
                            .map(Topic::wireName)
                            .collect(Collectors.joining(", "))));
  }
}
