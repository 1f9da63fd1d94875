package io.customerpulse.behavior.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleDefinition;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.schemas.TriggerRuleRecord;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleRecordsTest {
  private static final Instant AT = Instant.parse("2024-03-01T00:00:00Z");

  private final RuleRecords records = new RuleRecords();

  private static TriggerRuleVersion version(int number, String definition) {
    return new TriggerRuleVersion(number, AT, definition.replace('\'', '"'));
  }

  private static TriggerRuleVersion cart(int number) {
    return version(number, "{'id':'a','version':" + number + ",'kind':'cart_abandonment'}");
  }

  private static TriggerRuleRecord record(TriggerRuleVersion... versions) {
    return new TriggerRuleRecord("acme", "a", List.of(versions), false, null, false, AT);
  }

  private PublishedRule read(TriggerRuleRecord record) {
    return records.read("acme:a", records.encode(record));
  }

  private void refuses(TriggerRuleRecord record, String... why) {
    assertThatThrownBy(() -> read(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(why);
  }

  @Test
  void aRecordSaysWhatItWasMadeOf() {
    PublishedRule word = read(record(cart(1), cart(3)));
    assertThat(word.tenantId()).isEqualTo("acme");
    assertThat(word.versions()).extracting(Rule::version).containsExactly(1, 3);
    assertThat(word.versions()).allMatch(rule -> AT.equals(rule.activatedAt()));
  }

  @Test
  void everyRuleOfTheProductStandsInARecordAsInItsFile() {
    List<RuleDefinition> ofTheProduct = RuleReader.readDefinitions(Path.of("../../config/rules"));
    assertThat(ofTheProduct).isNotEmpty();
    for (RuleDefinition definition : ofTheProduct) {
      Rule rule = definition.rule();
      TriggerRuleRecord record =
          new TriggerRuleRecord(
              "*",
              rule.id(),
              List.of(new TriggerRuleVersion(rule.version(), null, definition.json())),
              false,
              null,
              false,
              AT);
      assertThat(records.read("*:" + rule.id(), records.encode(record)).versions())
          .containsExactly(rule);
    }
  }

  @Test
  void whatIsWrongIsToldAtOnce() {
    refuses(record(cart(2), cart(2)), "not ascending");
    refuses(record(cart(1), cart(2), cart(3), cart(4), cart(5), cart(6)), "at most 5");
    refuses(
        record(
            version(1, "{'id':'a','kind':'cart_abandonment','filter':'cart.valu > 1'}"),
            version(2, "{'id':'b','version':2,'kind':'cart_abandonment'}"),
            version(3, "{'id':'a','version':4,'kind':'cart_abandonment'}"),
            version(4, "{'id':'a','version':4,'kind':'cart_abandonment','activated_at':0}"),
            version(5, "{'id':'a','version':5,'kind':'nothing'}")),
        "1:5 undefined field 'valu'",
        "a v2.json: defines b v2",
        "a v3.json: defines a v4",
        "a v4.json: has activated_at",
        "a v5.json:1: kind: 'nothing' is not allowed");
    refuses(record(version(1, "{'rules':[]}")), "has 0 rules");
    refuses(record(version(1, "{")), "malformed");
    refuses(record(version(1, " ".repeat(128 << 10))), "bytes; allowed: up to 131072");
  }

  @Test
  void aNameMustFitItsKey() {
    TriggerRuleRecord record = record(cart(1));
    assertThatThrownBy(() -> records.read("*:a", records.encode(record)))
        .hasMessageContaining("acme:a");
    assertThatThrownBy(
            () ->
                records.read(
                    ":A",
                    records.encode(
                        new TriggerRuleRecord("", "A", List.of(), true, null, true, AT))))
        .hasMessageContainingAll("tenant_id", "rule_id", "end_live");
  }

  @Test
  void allRulesCanBePausedAndNoMore() {
    TriggerRuleRecord all = new TriggerRuleRecord("*", "*", List.of(), true, null, false, AT);
    assertThat(records.read("*:*", records.encode(all)).paused()).isTrue();
    TriggerRuleRecord retired = new TriggerRuleRecord("*", "*", List.of(), true, AT, false, AT);
    assertThatThrownBy(() -> records.read("*:*", records.encode(retired)))
        .hasMessageContaining("all rules can be paused");
  }

  @Test
  void brokenBytesAreRefusedWhereverTheyBreak() {
    byte[] whole = records.encode(record(cart(1)));
    List<Integer> taken = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        records.read("acme:a", cut);
        taken.add(length);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("TriggerRuleRecord");
      }
    }
    assertThat(taken).isEmpty();
  }
}
