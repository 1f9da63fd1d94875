package io.customerpulse.behavior.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsText;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.Decision;
import io.customerpulse.runtime.time.WallClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running job learns cuts from the topic that it writes them to. */
class CutsComeBackTest {
  private static final Settings SETTINGS = SettingsText.read("time: {zone: UTC, clock: event}");

  private final OutputRecords records = new OutputRecords();
  private final CustomerLogic logic =
      new CustomerLogic(
          SETTINGS, RuleSet.of(List.of()), RunMode.unbounded(SETTINGS, WallClock.system()));
  private CustomerState state;
  private List<Effect> outputs;

  @BeforeEach
  void open() {
    logic.open();
  }

  @Test
  void aBuyerIsScoredFromTheTimeTheFirstCutsAreEffective() {
    settle("2024-03-01T10:00:00Z", "purchase", "'order_id':'o1','amount_minor':100");
    assertThat(profile().scores()).isNull();
    assertThat(profile().segment()).isEqualTo("unscored");

    cuts("2024-03-02");
    settle("2024-03-02T00:59:59Z", "browse", "'page':'p'");
    assertThat(profile().scores()).isNull();
    settle("2024-03-02T03:00:00Z", "browse", "'page':'p'");
    assertThat(profile().scores()).isEqualTo(new Scores(5, 1, 1, "2024-03-02"));
    assertThat(outputs).doesNotContain(new Effect.Noted(Note.CUTS_OUTDATED));
  }

  @Test
  void olderCutsGoOnWhereNewOnesAreMissing() {
    cuts("2024-03-02");
    settle("2024-03-03T10:00:00Z", "purchase", "'order_id':'o1','amount_minor':100");
    assertThat(profile().scores().cutsVersion()).isEqualTo("2024-03-02");
    assertThat(outputs).contains(new Effect.Noted(Note.CUTS_OUTDATED));
  }

  @Test
  void cutsThatAreTakenBackAreForgotten() {
    cuts("2024-03-02");
    TopicRecord end =
        records.cutPointsGivenUp("default", "2024-03-02", Instant.parse("2024-04-06T00:00:00Z"));
    logic.onBroadcastRecord(BroadcastRecord.of("rfm-cut-points", 0, 1, end.key(), null));
    settle("2024-03-02T10:00:00Z", "purchase", "'order_id':'o1','amount_minor':100");
    assertThat(profile().scores()).isNull();
  }

  private void cuts(String version) {
    Instant midnight = Instant.parse(version + "T00:00:00Z");
    Cuts cuts =
        new Cuts(
            version, List.of(1, 1, 1, 1), List.of(1, 1, 1, 1), List.of(100L, 100L, 200L, 300L));
    TopicRecord record =
        records.cutPoints(
            new CutPoints("default", midnight, CutSchedule.effectiveAt(midnight), cuts));
    logic.onBroadcastRecord(
        BroadcastRecord.of(record.topic().wireName(), 0, 0, record.key(), record.value()));
  }

  /** An event comes, and the watermark passes it. */
  private void settle(String at, String type, String properties) {
    Instant time = Instant.parse(at);
    BehaviorEvent event = Tracked.event("o", time, type, properties);
    String key = event.customer().asText();
    Decision<CustomerState, Effect> decision =
        logic.onEvents(key, state, List.of(EncodedEvent.of(event)), time);
    outputs = decision.effects();
    state = decision.next();
  }

  private CustomerProfile profile() {
    return outputs.stream()
        .filter(Effect.ProfileChanged.class::isInstance)
        .map(output -> ((Effect.ProfileChanged) output).profile())
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
