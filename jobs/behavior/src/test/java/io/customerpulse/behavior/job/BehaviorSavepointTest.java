package io.customerpulse.behavior.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.behavior.avro.TopicEncodings;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.runtime.keyedlogic.StateSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that releases have written: each is restored, wider and narrower than it was taken,
 * and the job goes on as if nothing had happened. Their folders say {@code
 * JOB-VERSION-schema-NUMBER-FORMAT-PARALLELISM}.
 *
 * <p>Run with {@code -Dsavepoints.write=true} it writes those of this release, in place of those of
 * the same name, and leaves older ones as they are: they are restored here for good.
 */
class BehaviorSavepointTest {
  private static final Path FOLDER = Path.of("src/test/resources/savepoints");

  /** The release whose savepoints are written. */
  private static final String VERSION = "0.1.0";

  private static final int SLOTS = 4;

  private static final String EXPECTED = "expected.txt";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What the savepoints know the product's classes by, for good: the snapshots of serializers. No
   * name of an operator, a logic or a value stands there, so that all of these can be renamed.
   */
  private static final Set<String> CLASSES_IN_SAVEPOINTS =
      Set.of(
          "io.customerpulse.runtime.keyedlogic.BroadcastRecordSerializer$Snapshot",
          "io.customerpulse.runtime.keyedlogic.StoredStateSerializer$Snapshot",
          "io.customerpulse.behavior.codecs.PopulationStateSerializer$Snapshot",
          "io.customerpulse.behavior.codecs.CustomerStateSerializer$Snapshot",
          "io.customerpulse.behavior.codecs.FingerprintSerializer$Snapshot",
          "io.customerpulse.behavior.codecs.StandingCopiesSerializer$Snapshot");

  private static MiniCluster flink;
  private static List<String> firstHalf;
  private static List<String> whole;

  @TempDir private Path temporary;

  @BeforeAll
  static void tellTheStoryWithoutABreak(@TempDir Path folder) throws Exception {
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(JobEnvironment.onLoopback(new Configuration()))
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    flink.start();
    if (Boolean.getBoolean("savepoints.write")) {
      write(1, SavepointFormatType.CANONICAL);
      write(4, SavepointFormatType.CANONICAL);
      write(2, SavepointFormatType.NATIVE);
    }
    firstHalf =
        texts(
            new StoryRun(
                    BrokenOffStory.before(),
                    BrokenOffStory.controls(),
                    BrokenOffStory.rules(),
                    1,
                    null)
                .run(flink, SavepointFormatType.NATIVE, folder));
    List<String> lines = new ArrayList<>(BrokenOffStory.before());
    lines.addAll(BrokenOffStory.after());
    whole =
        texts(
            new StoryRun(lines, BrokenOffStory.controls(), BrokenOffStory.rules(), 1, null)
                .run(flink, SavepointFormatType.NATIVE, folder));
  }

  @AfterAll
  static void stop() throws Exception {
    flink.close();
  }

  private static void write(int parallelism, SavepointFormatType format) throws Exception {
    Path folder =
        FOLDER.resolve(
            String.format(
                Locale.ROOT,
                "behavior-%s-schema-%d-%s-%d",
                VERSION,
                StateSchema.NUMBER,
                format.toString().toLowerCase(Locale.ROOT),
                parallelism));
    Path fresh = Files.createTempDirectory("savepoint");
    new StoryRun(
            BrokenOffStory.before(),
            BrokenOffStory.controls(),
            BrokenOffStory.rules(),
            parallelism,
            null)
        .run(flink, format, fresh);
    FileUtils.deleteDirectory(folder.toFile());
    try (Stream<Path> taken = Files.list(fresh)) {
      Files.createDirectories(FOLDER);
      copy(taken.findFirst().orElseThrow(), folder);
    }
    List<TopicRecord> sent = goOn(folder, 1, BrokenOffStory.rules(), fresh);
    Files.write(folder.resolve(EXPECTED), expectations(sent));
  }

  static Stream<Path> savepoints() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void theJobGoesOnAsIfNothingHadHappenedWiderAndNarrower(Path savepoint) throws Exception {
    for (int parallelism : List.of(2, 4)) {
      List<TopicRecord> sent = goOn(savepoint, parallelism, BrokenOffStory.rules(), temporary);

      assertThat(expectations(sent))
          .as("at a parallelism of %d", parallelism)
          .isEqualTo(Files.readAllLines(savepoint.resolve(EXPECTED)));
      List<String> both = new ArrayList<>(firstHalf);
      both.addAll(texts(sent));
      assertThat(without(both, whole)).as("too much at %d", parallelism).isEmpty();
      assertThat(without(whole, both)).as("missing at %d", parallelism).isEmpty();
    }
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some);
    others.forEach(rest::remove);
    return rest;
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void noClassIsKnownByNameButSnapshotsOfSerializers(Path savepoint) throws Exception {
    Pattern name = Pattern.compile("io[./]customerpulse[./][A-Za-z0-9_./$]+");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(savepoint)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        name.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
            .results()
            .forEach(match -> found.add(match.group()));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(CLASSES_IN_SAVEPOINTS));
  }

  @Test
  void aRuleOfAKindThatTheSavepointKnowsNothingOfJoinsIn() throws Exception {
    Path savepoint = savepoints().findFirst().orElseThrow();
    List<String> with =
        expectations(goOn(savepoint, 2, BrokenOffStory.rulesAndBirthday(), temporary));

    List<String> without = Files.readAllLines(savepoint.resolve(EXPECTED));
    assertThat(without(without, with)).as("missing").isEmpty();
    assertThat(without(with, without)).hasSize(2).allMatch(line -> line.contains("FIRE birthday"));
  }

  @Test
  void aSavepointOfANewerStateSchemaIsRefusedWithAWord() throws Exception {
    Path newer = temporary.resolve("newer");
    copy(savepoints().filter(BehaviorSavepointTest::isOfPresent).findFirst().orElseThrow(), newer);
    raiseSchema(newer.resolve("_metadata"));

    assertThatThrownBy(() -> goOn(newer, 1, BrokenOffStory.rules(), temporary))
        .satisfies(
            failure ->
                assertThat(
                        ExceptionUtils.findThrowableWithMessage(
                            failure, "has state schema " + (StateSchema.NUMBER + 1)))
                    .isPresent());
  }

  private static boolean isOfPresent(Path savepoint) {
    return savepoint.getFileName().toString().contains("-schema-" + StateSchema.NUMBER + '-');
  }

  /** The number follows what Flink begins the snapshot of a composed serializer with. */
  private static void raiseSchema(Path file) throws IOException {
    String present = String.format(Locale.ROOT, "%08x", StateSchema.NUMBER);
    String bytes = HexFormat.of().formatHex(Files.readAllBytes(file));
    String raised =
        bytes.replace(
            COMPOSED + present,
            COMPOSED + String.format(Locale.ROOT, "%08x", StateSchema.NUMBER + 1));
    assertThat(raised).isNotEqualTo(bytes);
    Files.write(file, HexFormat.of().parseHex(raised));
  }

  private static final String COMPOSED =
      HexFormat.of().formatHex(ByteBuffer.allocate(4).putInt(911_108).array());

  private static List<TopicRecord> goOn(
      Path savepoint, int parallelism, RuleSet rules, Path temporary) throws Exception {
    return new StoryRun(BrokenOffStory.after(), List.of(), rules, parallelism, savepoint)
        .run(flink, SavepointFormatType.NATIVE, temporary);
  }

  private static List<String> texts(List<TopicRecord> records) {
    return records.stream()
        .map(
            record ->
                record.topic().wireName()
                    + ' '
                    + record.key()
                    + ' '
                    + (record.isTombstone() ? "" : json(record)))
        .sorted()
        .toList();
  }

  /** What a marketing system and an analyst would notice, in words that later releases say too. */
  private static List<String> expectations(List<TopicRecord> records) {
    List<String> lines = new ArrayList<>();
    TreeMap<String, String> profiles = new TreeMap<>();
    for (TopicRecord record : records) {
      if (record.isTombstone()) {
        continue;
      }
      switch (record.topic()) {
        case MARKETING_TRIGGERS ->
            lines.add(line(record, "action", "rule_id", "step", "variant", "trigger_id"));
        case TRIGGER_OUTCOMES ->
            lines.add(
                line(record, "outcome", "rule_id", "step", "reason", "order_id", "trigger_id"));
        case LIFECYCLE_TRANSITIONS -> lines.add(line(record, "from", "to", "at", "reason"));
        case CUSTOMER_PROFILES ->
            profiles.put(
                record.key(),
                line(
                    record,
                    "orders",
                    "net_spend_minor",
                    "unmatched_refunds_minor",
                    "stage",
                    "segment",
                    "m_score",
                    "cuts_version",
                    "cart_lines",
                    "birthday",
                    "level",
                    "marketing_consent",
                    "favourite_category"));
        case BEHAVIOR_EVENTS -> lines.add(line(record, "type", "event_id"));
        case DEAD_LETTERS -> lines.add(line(record, "code", "position"));
        case RFM_CUT_POINTS -> lines.add(line(record, "version", "recency_days", "frequency"));
        default -> throw new IllegalStateException("Nothing is expected on " + record.topic());
      }
    }
    lines.addAll(profiles.values());
    lines.sort(null);
    return lines;
  }

  private static String line(TopicRecord record, String... fields) {
    JsonNode json;
    try {
      json = JSON.readTree(json(record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringBuilder line = new StringBuilder(record.topic().wireName()).append(':');
    for (String field : fields) {
      JsonNode value = json.path(field);
      assertThat(value.isMissingNode()).as("%s of %s", field, json).isFalse();
      line.append(' ').append(value.isTextual() ? value.asText() : value.toString());
    }
    JsonNode customer = json.path("customer_id");
    return customer.isTextual() ? line + " " + customer.asText() : line.toString();
  }

  private static String json(TopicRecord record) {
    return new JsonRendering()
        .line(TopicEncodings.of(record.topic()).orElseThrow().decode(record.value()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
