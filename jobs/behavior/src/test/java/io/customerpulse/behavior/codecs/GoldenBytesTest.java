package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.codecs.CodecPropertyTest.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions have written, and what it says. A change of a binary form raises its
 * version, adds files by running this with {@code -Dgolden.write=true}, and leaves the bytes of
 * older versions as they are: they are read here for good, and say what they said then.
 */
class GoldenBytesTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** Of values in which nothing is empty. */
  private static final long SEED = 20_262_746;

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
    T sample = subject.values().apply(new RandomValues(SEED));
    byte[] bytes = CodecPropertyTest.bytes(subject.serializer(), sample);
    if (!Files.exists(bytesFile(subject, bytes[0]))) {
      Files.writeString(
          bytesFile(subject, bytes[0]), HexFormat.of().formatHex(bytes) + System.lineSeparator());
      Files.write(meaningFile(subject, bytes[0]), Leaves.of(sample));
    }
  }

  @ParameterizedTest
  @MethodSource("io.customerpulse.behavior.codecs.CodecPropertyTest#subjects")
  <T> void theCurrentVersionWritesTheseBytes(Subject<T> subject) throws IOException {
    T sample = subject.values().apply(new RandomValues(SEED));
    int version = CodecPropertyTest.bytes(subject.serializer(), sample)[0];
    T golden = read(subject, version);
    assertThat(CodecPropertyTest.bytes(subject.serializer(), golden))
        .isEqualTo(bytes(subject, version));
  }

  @ParameterizedTest
  @MethodSource("io.customerpulse.behavior.codecs.CodecPropertyTest#subjects")
  <T> void everyVersionIsStillReadAsWhatItMeant(Subject<T> subject) throws IOException {
    int current =
        CodecPropertyTest.bytes(
            subject.serializer(), subject.values().apply(new RandomValues(SEED)))[0];
    for (int version = 1; version <= current; version++) {
      // It may say more by now, never less and nothing else: fields come, and none goes.
      assertThat(Leaves.of(read(subject, version)))
          .as("version %d", version)
          .containsAll(Files.readAllLines(meaningFile(subject, version)));
    }
  }

  @Test
  void aVersionOfANewerReleaseIsRefusedWithAWord() {
    byte[] bytes = {99};
    assertThatThrownBy(
            () -> CustomerStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer release");
  }

  private static <T> T read(Subject<T> subject, int version) throws IOException {
    return subject.serializer().deserialize(new DataInputDeserializer(bytes(subject, version)));
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
