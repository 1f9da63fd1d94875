package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.run.Uids;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.rule.RuleKinds;
import io.customerpulse.domain.rule.TriggerKind;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.EnumCodes;
import io.customerpulse.runtime.keyedlogic.StateSchema;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What each number of the state schema stands for. A release that adds something raises the number
 * and adds its file by running this with {@code -Dgolden.write=true}; nothing that an older number
 * that is read has is ever left out.
 */
class StateSchemaTest {
  private static final Path FOLDER = Path.of("src/test/resources/state-schema");

  private static final Set<Codec<?>> TRAVELLING =
      Set.of(ParseResultCodec.INSTANCE, PositionChangeCodec.INSTANCE, HistogramDeltaCodec.INSTANCE);

  /** All but what only travels between operators. */
  private static final List<Codec<?>> KEPT =
      CodecPropertyTest.subjects().stream()
          .<Codec<?>>map(CodecPropertyTest.Subject::codec)
          .filter(codec -> !TRAVELLING.contains(codec))
          .toList();

  @Test
  void theNumberStandsForWhatThereIs() throws IOException {
    Path file = file(StateSchema.NUMBER);
    if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
      Files.createDirectories(FOLDER);
      Files.write(file, parts());
    }
    assertThat(parts())
        .as("what is kept; where it has changed, raise StateSchema.NUMBER")
        .isEqualTo(Files.readAllLines(file));
  }

  @Test
  void whatANumberHasTheNextHasToo() throws IOException {
    for (int number = StateSchema.OLDEST + 1; number <= StateSchema.NUMBER; number++) {
      assertThat(Files.readAllLines(file(number)))
          .as("state schema %d", number)
          .containsAll(Files.readAllLines(file(number - 1)));
    }
  }

  /**
   * Names of operators and states, versions of forms that are read, codes of constants and kinds.
   */
  private static List<String> parts() {
    List<String> parts = new ArrayList<>();
    Uids.all().forEach(uid -> parts.add("operator " + uid));
    for (String role : List.of(Uids.IDENTIFIER_ROLE, Uids.CUSTOMER_ROLE, Uids.POPULATION_ROLE)) {
      parts.add("role " + role);
    }
    for (Codec<?> codec : KEPT) {
      forms(codec, parts);
    }
    for (Codec<?> codec : KEPT) {
      codes(codec.getClass(), parts);
    }
    for (TriggerKind kind : RuleKinds.installed().all()) {
      parts.add(String.format(Locale.ROOT, "kind %d %s", kind.code(), kind));
      memories(EpisodeKind.of(kind), parts);
    }
    return parts;
  }

  private static void forms(Codec<?> codec, List<String> parts) {
    for (int version = 1; version <= codec.version(); version++) {
      parts.add(
          String.format(Locale.ROOT, "form %s %d", codec.getClass().getSimpleName(), version));
    }
  }

  private static void memories(EpisodeKind<?> kind, List<String> parts) {
    for (int version = 1; version <= kind.memoryForm().version(); version++) {
      parts.add(String.format(Locale.ROOT, "memory %s %d", kind, version));
    }
  }

  private static void codes(Class<?> codec, List<String> parts) {
    for (Field field : codec.getDeclaredFields()) {
      if (field.getType() == EnumCodes.class) {
        EnumCodes<?> codes = valueOf(field);
        for (int code = 1; code <= codes.size(); code++) {
          parts.add(
              String.format(
                  Locale.ROOT, "code %s %d %s", field.getName(), code, constant(codes, code)));
        }
      }
    }
  }

  private static EnumCodes<?> valueOf(Field field) {
    try {
      field.setAccessible(true);
      return (EnumCodes<?>) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Enum<?> constant(EnumCodes<?> codes, int code) {
    try {
      return codes.constantOf(code);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path file(int number) {
    return FOLDER.resolve(number + ".txt");
  }
}
