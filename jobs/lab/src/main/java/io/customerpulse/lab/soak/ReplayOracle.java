package io.customerpulse.lab.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.history.replay.OutputFile;
import io.customerpulse.history.replay.ReplayCommand;
import io.customerpulse.schemas.AvroEncoding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine;

/**
 * What should have come out: a replay, in which nothing fails, of what stands on tracking-events.
 * Compared line by line with what a read_committed consumer sees.
 *
 * <p>Left out is what differs by nature: where a dead letter stood, and when a profile was written.
 * Of the profiles the last of each customer is compared, by the fields that don't change by time
 * alone.
 */
final class ReplayOracle {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PLACE_OF_DEAD_LETTER = List.of("source", "position");
  private static final List<String> LASTING_FIELDS_OF_PROFILE =
      List.of(
          "tenant_id",
          "customer_id",
          "identifiers",
          "first_seen_at",
          "first_order_at",
          "last_order_at",
          "orders",
          "net_spend_minor",
          "unmatched_refunds_minor",
          "currency",
          "stage",
          "stage_since",
          "marketing_consent");

  private final DeploymentSettings settings;
  private final Path config;
  private final Path rules;
  private final Path folder;

  ReplayOracle(DeploymentSettings settings, Path config, Path rules, Path folder) {
    this.settings = settings;
    this.config = config;
    this.rules = rules;
    this.folder = folder;
  }

  /** Writes what stands on tracking-events into a file; says how many records. */
  long takeInput() throws IOException {
    long[] records = {0};
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input()))) {
      topic(Topic.TRACKING_EVENTS)
          .forEach(
              record -> {
                try {
                  out.write(record.value());
                  out.write('\n');
                  records[0]++;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return records[0];
  }

  /** Replays the input up to a time; the outputs stand in a folder then. */
  void replay(Instant asOf) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int code =
        new CommandLine(new ReplayCommand())
            .setOut(out)
            .setErr(out)
            .execute(
                "--input", input().toString(),
                "--out", outputs().toString(),
                "--as-of", asOf.toString(),
                "--config", config.toString(),
                "--rules", rules.toString());
    if (code != 0) {
      throw new IllegalStateException("The replay failed: " + said);
    }
  }

  /** Compares one output. */
  MultisetDiff compare(OutputFile file) throws IOException {
    MultisetDiff counts = new MultisetDiff();
    expected(file, counts::expect);
    found(file, counts::find);
    return counts;
  }

  /** Shows lines that differ, those of the replay with −, those of the topic with +. */
  void show(OutputFile file, MultisetDiff counts, int most, Consumer<String> receiver)
      throws IOException {
    int[] left = {most, most};
    expected(
        file,
        line -> {
          if (counts.differs(line) && left[0]-- > 0) {
            receiver.accept("- " + line);
          }
        });
    found(
        file,
        line -> {
          if (counts.differs(line) && left[1]-- > 0) {
            receiver.accept("+ " + line);
          }
        });
  }

  private void expected(OutputFile file, Consumer<String> receiver) throws IOException {
    try (Stream<String> lines = Files.lines(outputs().resolve(file.fileName()))) {
      lines.map(line -> comparable(file, line)).forEach(receiver);
    }
  }

  private void found(OutputFile file, Consumer<String> receiver) {
    AvroEncoding<? extends SpecificRecordBase> encoding =
        TopicEncodings.of(file.topic()).orElseThrow();
    JsonRendering rendering = new JsonRendering();
    if (file.topic().retains() == Topic.Retains.LATEST_PER_KEY) {
      Map<String, String> latest = new HashMap<>();
      topic(file.topic())
          .forEach(
              record -> {
                if (record.value() == null) {
                  latest.remove(record.key());
                } else {
                  latest.put(record.key(), comparable(file, line(encoding, rendering, record)));
                }
              });
      latest.values().forEach(receiver);
    } else {
      topic(file.topic())
          .forEach(record -> receiver.accept(comparable(file, line(encoding, rendering, record))));
    }
  }

  private static String line(
      AvroEncoding<? extends SpecificRecordBase> encoding,
      JsonRendering rendering,
      ConsumerRecord<String, byte[]> record) {
    return rendering.line(encoding.decode(record.value()));
  }

  private static String comparable(OutputFile file, String line) {
    try {
      return switch (file) {
        case DEAD_LETTERS ->
            JSON.writeValueAsString(
                ((ObjectNode) JSON.readTree(line)).remove(PLACE_OF_DEAD_LETTER));
        case CUSTOMER_PROFILES -> {
          JsonNode profile = JSON.readTree(line);
          ObjectNode lasting = JSON.createObjectNode();
          for (String field : LASTING_FIELDS_OF_PROFILE) {
            lasting.set(field, profile.get(field));
          }
          yield JSON.writeValueAsString(lasting);
        }
        default -> line;
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was written here is no JSON: " + line, e);
    }
  }

  private CommittedTopic topic(Topic topic) {
    return new CommittedTopic(settings.kafka(), topic);
  }

  private Path input() {
    return folder.resolve("tracking-events.jsonl");
  }

  private Path outputs() {
    return folder.resolve("replay");
  }
}
