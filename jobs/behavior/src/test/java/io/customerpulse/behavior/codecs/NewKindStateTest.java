package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.episode.KindMemories;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.kind.LevelReached;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.rule.RuleKinds;
import io.customerpulse.domain.rule.RuleReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** A kind of rule that only tests know is stored as those are that everybody knows. */
class NewKindStateTest {
  private static final Instant T = Instant.parse("2024-03-01T02:00:00Z");
  private static final RuleKinds KINDS = RuleKinds.installed().with(new LevelReached());
  private static final EpisodeBookCodec CODEC = new EpisodeBookCodec(KINDS);

  @Test
  void whatItRemembersComesBack() {
    Run run = new Run(scenario(), NewKindStateTest::storedAndRead, true);
    tell(run, "gold", 0);
    tell(run, "gold", 1);
    assertThat(run.news().triggers()).hasSize(1);

    EpisodeBook book = run.state().episodes();
    assertThat(book.memories().of(new LevelReached())).isEqualTo("gold");
    assertThat(book.fires().get(0).kind()).isEqualTo(new LevelReached());
    assertThat(storedAndRead(run.state())).isEqualTo(run.state());
  }

  @Test
  void whoDoesNotKnowTheKindSaysSo() throws IOException {
    byte[] bytes = bytes(remembering("gold"));

    assertThatThrownBy(() -> EpisodeBookCodec.INSTANCE.decode(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("The kind of rule with code 200 is of a newer release");
  }

  @Test
  void whatItRemembersHasAVersionOfItsOwn() throws IOException {
    byte[] bytes = bytes(remembering("gold"));
    int version = bytes.length - 1 - "gold".length() - 1 - 1;
    assertThat(bytes[version]).isEqualTo((byte) 3);
    bytes[version] = 4;

    assertThatThrownBy(() -> CODEC.decode(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The kind level_reached reads versions 1 to 3 of what it remembers, this has 4: it was"
                + " written by a newer release");
  }

  private static Scenario scenario() {
    String rule = "{id: gold, kind: level_reached, level: gold, quiet_hours: none}";
    return new Scenario(
        List.of(),
        Given.settings(),
        RuleReader.read("x.yaml", rule, KINDS).all(),
        Given.CUTS,
        Instant.MIN,
        T.plus(Duration.ofDays(30)));
  }

  private static void tell(Run run, String level, int day) {
    Instant at = T.plus(Duration.ofDays(day));
    run.arrive(Given.event(at, new Payload.Profile(null, null, level, null, null, Map.of())));
    run.passTo(at.plus(Duration.ofHours(2)));
  }

  private static EpisodeBook remembering(String level) {
    return new EpisodeBook(List.of(), List.of(), KindMemories.NONE.with(new LevelReached(), level));
  }

  private static CustomerState storedAndRead(CustomerState state) {
    try {
      return new CustomerState(
          state.key(),
          state.holdoutKey(),
          state.facts(),
          state.stage(),
          state.population(),
          state.published(),
          CODEC.decode(new DataInputDeserializer(bytes(state.episodes()))),
          state.rate(),
          state.erasure(),
          state.processedUpTo());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(EpisodeBook book) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    CODEC.encode(book, out);
    return out.getCopyOfBuffer();
  }
}
