package io.customerpulse.client.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.client.rules.RuleChange.RefusedException;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.rule.RuleDefinition;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.rule.TenantRules;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleChangeTest {
  private static final Instant NOW = Instant.parse("2024-03-01T00:00:00.123456Z");

  @TempDir private Path folder;

  private RuleDefinition rule(int version, String steps) throws IOException {
    return rule(version, steps, false);
  }

  private RuleDefinition rule(int version, String steps, boolean backfill) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"),
            String.format(
                Locale.ROOT,
                "{id: a, version: %d, kind: cart_abandonment, steps: [%s], backfill: %s}",
                version,
                steps,
                backfill));
    return RuleReader.readDefinitions(file).get(0);
  }

  private RuleChange published(int... versions) throws Exception {
    RuleChange change = RuleChange.ofNothing("*", "a");
    for (int version : versions) {
      change = change.publish(rule(version, "1h"), NOW, NOW).orElseThrow();
    }
    return change;
  }

  @Test
  void theLastFiveVersionsAreKept() throws Exception {
    assertThat(published(1, 2, 5, 6, 7, 8).record().getVersions())
        .extracting(TriggerRuleVersion::getVersion)
        .containsExactly(2, 5, 6, 7, 8);
  }

  @Test
  void theSameAgainIsNoChange() throws Exception {
    // However it is put: an hour is an hour.
    assertThat(published(1, 2).publish(rule(2, "60m"), null, NOW)).isEmpty();
  }

  @Test
  void aVersionMustBeHigher() throws Exception {
    RuleChange present = published(1, 3);
    assertThatThrownBy(() -> present.publish(rule(3, "2h"), NOW, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("a.yaml:1: a.version: '3'", "other content", "4 or higher");
    assertThatThrownBy(() -> present.publish(rule(2, "1h"), NOW, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 3 is published already; allowed: 4 or higher");
  }

  @Test
  void aHigherVersionBringsARetiredRuleBack() throws Exception {
    RuleChange retired = published(1).retire(NOW, true, NOW);
    assertThat(retired.record().getRetiredAt()).isEqualTo("2024-03-01T00:00:00.123Z");
    assertThatThrownBy(() -> retired.publish(rule(1, "1h"), NOW, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a higher version brings it back");
    RuleChange back = retired.publish(rule(2, "1h"), NOW, NOW).orElseThrow();
    assertThat(back.record().getRetiredAt()).isNull();
    assertThat(back.record().getEndLive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRetiredRuleOpensNothingUntilTheVersionThatBringsItBackIsActive(boolean backfill)
      throws Exception {
    Instant retiredAt = Instant.parse("2024-03-02T00:00:00Z");
    Instant activatedAt = Instant.parse("2024-03-05T00:00:00Z");
    RuleDefinition first = rule(1, "1h", backfill);
    RuleChange back =
        RuleChange.ofNothing("*", "a")
            .publish(first, NOW, NOW)
            .orElseThrow()
            .retire(retiredAt, false, NOW)
            .publish(rule(2, "2h"), activatedAt, NOW)
            .orElseThrow();
    RuleRecords records = new RuleRecords();
    TenantRules rules =
        RuleBook.of(RuleSet.EMPTY)
            .with(records.read(back.key(), records.encode(back.record())))
            .of("acme");
    assertThat(rules.openingAt(retiredAt).all()).isEmpty();
    assertThat(rules.openingAt(activatedAt.minusMillis(1)).all()).isEmpty();
    assertThat(rules.openingAt(activatedAt).all()).extracting(Rule::version).containsExactly(2);
    assertThat(rules.version("a", 1).version()).as("of what is live").isEqualTo(backfill ? 2 : 1);
  }

  @Test
  void aPauseOutlastsANewVersion() throws Exception {
    RuleChange paused = published(1).pause(true, NOW);
    assertThat(paused.publish(rule(2, "1h"), NOW, NOW).orElseThrow().record().getPaused()).isTrue();
    assertThat(paused.pause(false, NOW).record().getPaused()).isFalse();
  }
}
