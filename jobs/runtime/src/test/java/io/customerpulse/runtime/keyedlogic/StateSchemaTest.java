package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that writes states in another form than the one before it. */
class StateSchemaTest {
  private static final int CACHE = 10;

  @BeforeEach
  void forget() {
    VersionedText.READ.clear();
  }

  @Test
  void aStateIsReadInItsOldFormAndWrittenInTheNewOneWhenItChanges() throws Exception {
    KeyedLogicHarness operator =
        new KeyedLogicHarness(new EmbeddedRocksDBStateBackend(), CACHE, VersionedText.FIRST);
    try {
      operator.event("visits", 10, 1000);
      operator.event("stays away", 20, 1000);

      operator.restart(VersionedText.SECOND);
      operator.event("visits", 30, 1000);
      assertThat(operator.sent()).endsWith("visits: e10 e30 ");
      assertThat(VersionedText.READ).containsExactly(1);

      operator.restart();
      operator.event("visits", 40, 1000);
      operator.event("stays away", 40, 1000);
      assertThat(operator.sent()).endsWith("visits: e10 e30 e40 ", "stays away: e20 e40 ");
      assertThat(VersionedText.READ).containsExactly(1, 2, 1);
    } finally {
      operator.close();
    }
  }

  @Test
  void onlyTheNumbersThatThisReleaseReadsAreTaken() {
    for (int number = StateSchema.OLDEST; number <= StateSchema.NUMBER; number++) {
      int written = number;
      assertThatCode(() -> StateSchema.check(written)).doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> StateSchema.check(StateSchema.NUMBER + 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "has state schema %d, written by a newer release", StateSchema.NUMBER + 1);
    assertThatThrownBy(() -> StateSchema.check(StateSchema.OLDEST - 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "has state schema %d, written by an older release", StateSchema.OLDEST - 1);
  }
}
