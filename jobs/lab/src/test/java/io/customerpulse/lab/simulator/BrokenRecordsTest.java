package io.customerpulse.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import io.customerpulse.lab.simulator.SimulatorSettings.Proportions;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokenRecordsTest {
  private static final int MANY = 600;

  private final Simulator simulator =
      new Simulator(
          SimulatorSettings.builder()
              .proportions(new Proportions(0.05, 0, 0, 0.2, 0, 0))
              .oversizedBytes(TrackingEventReader.MAX_RECORD_BYTES)
              .build());

  @Test
  void eachIsRefusedByTheCodeItIsCountedUnder() {
    Intake intake = new Intake();
    Map<DeadLetterCode, Long> refused = new EnumMap<>(DeadLetterCode.class);
    for (long n = 0; n < MANY; n++) {
      SimulatedRecord simulated = simulator.event(n);
      boolean broken = simulated.kind() == Kind.BROKEN;
      if (intake.read(n, simulated) instanceof ParseResult.Invalid result) {
        DeadLetterCode code = result.deadLetter().code();
        assertThat(broken).as("number %s: %s", n, result.deadLetter().message()).isTrue();
        assertThat(code).as("number %s", n).isEqualTo(simulator.codeOfBroken(n));
        refused.merge(code, 1L, Long::sum);
      } else {
        assertThat(broken).as("number %s", n).isFalse();
      }
    }
    assertThat(TruthCounters.ofFirst(MANY, simulator).brokenByCode()).isEqualTo(refused);
  }

  @Test
  void everyCodeOccursThatOneRecordAloneCanHave() {
    Set<DeadLetterCode> codes = EnumSet.allOf(DeadLetterCode.class);
    codes.remove(DeadLetterCode.RATE_LIMITED);
    codes.remove(DeadLetterCode.ERASED);
    codes.remove(DeadLetterCode.RULE_INVALID);
    assertThat(TruthCounters.ofFirst(MANY, simulator).brokenByCode().keySet()).isEqualTo(codes);
  }

  @Test
  void noneHasALineBreak() {
    for (long n = 0; n < MANY; n++) {
      String value = new String(simulator.event(n).value(), StandardCharsets.ISO_8859_1);
      assertThat(value.indexOf('\n')).as("number %s", n).isNegative();
    }
  }

  @Test
  void nothingIsOversizedUnlessASizeIsSet() {
    SimulatorSettings settings = simulator.settings().toBuilder().oversizedBytes(0).build();
    assertThat(TruthCounters.ofFirst(MANY, new Simulator(settings)).brokenByCode())
        .isNotEmpty()
        .doesNotContainKey(DeadLetterCode.TOO_LARGE);
  }

  @Test
  void theCountsAddUp() {
    TruthCounters truth = TruthCounters.ofFirst(MANY, simulator);
    assertThat(truth.read()).isEqualTo(MANY);
    assertThat(truth.accepted() + truth.duplicates() + truth.rejected()).isEqualTo(MANY);
    assertThatThrownBy(() -> TruthCounters.ofFirst(-1, simulator))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
