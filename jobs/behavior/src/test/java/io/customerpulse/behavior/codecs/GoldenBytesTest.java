package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.codecs.CodecPropertyTest.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions have written, and what it says. A change of a binary form raises its
 * version, adds files by running this with {@code -Dgolden.write=true}, and leaves the bytes of
 * older versions as they are: they are read here for good, and say what they said then.
 */
class GoldenBytesTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** The values of so many seeds are looked at for the one in which least is empty. */
  private static final int SEEDS = 300;

  @BeforeAll
  static void writeWhatIsNotThereYet() throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      for (Subject<?> subject : CodecPropertyTest.subjects()) {
        write(subject);
      }
    }
  }

  private static <T> void write(Subject<T> subject) throws IOException {
    T sample = fullest(subject);
    byte[] bytes = CodecPropertyTest.bytes(subject.codec(), sample);
    int version = subject.codec().version();
    if (!Files.exists(bytesFile(subject, version))) {
      Files.writeString(
          bytesFile(subject, version), HexFormat.of().formatHex(bytes) + System.lineSeparator());
      Files.write(meaningFile(subject, version), Leaves.of(sample));
    }
  }

  /** What is empty would not be missed. */
  private static <T> T fullest(Subject<T> subject) {
    return LongStream.range(0, SEEDS)
        .mapToObj(seed -> subject.values().apply(new RandomValues(seed)))
        .min(Comparator.comparingLong(GoldenBytesTest::empties))
        .orElseThrow();
  }

  private static long empties(Object value) {
    return Leaves.of(value).stream()
        .filter(line -> line.endsWith(" = null") || line.endsWith(".size = 0"))
        .count();
  }

  @ParameterizedTest
  @MethodSource("io.customerpulse.behavior.codecs.CodecPropertyTest#subjects")
  <T> void theCurrentVersionWritesTheseBytes(Subject<T> subject) throws IOException {
    int version = subject.codec().version();
    T golden = read(subject, version);
    assertThat(CodecPropertyTest.bytes(subject.codec(), golden)).isEqualTo(bytes(subject, version));
  }

  @ParameterizedTest
  @MethodSource("io.customerpulse.behavior.codecs.CodecPropertyTest#subjects")
  <T> void everyVersionIsStillReadAsWhatItMeant(Subject<T> subject) throws IOException {
    for (int version = 1; version <= subject.codec().version(); version++) {
      // It may say more by now, never less and nothing else: fields come, and none goes.
      assertThat(Leaves.of(read(subject, version)))
          .as("version %d", version)
          .containsAll(Files.readAllLines(meaningFile(subject, version)));
    }
  }

  private static <T> T read(Subject<T> subject, int version) throws IOException {
    return subject.codec().decode(new DataInputDeserializer(bytes(subject, version)));
  }

  private static byte[] bytes(Subject<?> subject, int version) throws IOException {
    return HexFormat.of().parseHex(Files.readString(bytesFile(subject, version)).strip());
  }

  private static Path bytesFile(Subject<?> subject, int version) {
    return FOLDER.resolve(subject + "-" + version + ".hex");
  }

  private static Path meaningFile(Subject<?> subject, int version) {
    return FOLDER.resolve(subject + "-" + version + ".txt");
  }
}
