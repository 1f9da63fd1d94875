package io.customerpulse.behavior.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.run.RunMode;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.runtime.keyedlogic.BroadcastRecordTypeInfo;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.DeadLetterRecord;
import io.customerpulse.schemas.TriggerRuleRecord;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is let through to all customers, and what becomes a dead letter instead. */
class CheckBroadcastRecordsTest {
  private static final String RULES = Topic.TRIGGER_RULES.wireName();

  private OneInputStreamOperatorTestHarness<BroadcastRecord, BroadcastRecord> harness;
  private long offset;

  @BeforeEach
  void start() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private static OneInputStreamOperatorTestHarness<BroadcastRecord, BroadcastRecord> harness()
      throws Exception {
    CheckBroadcastRecords check =
        new CheckBroadcastRecords(
            SettingsReader.defaults().rfm().segmentNames(), RunMode.boundedAt(Instant.EPOCH));
    OneInputStreamOperatorTestHarness<BroadcastRecord, BroadcastRecord> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(check),
            BroadcastRecordTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    harness.setup(BroadcastRecordTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private BroadcastRecord tell(String key, byte[] value) throws Exception {
    BroadcastRecord broadcastRecord = BroadcastRecord.of(RULES, 3, offset++, key, value);
    harness.processElement(broadcastRecord, 0);
    return broadcastRecord;
  }

  private BroadcastRecord publish(String tenantId, String ruleId, int version, String more)
      throws Exception {
    String json =
        String.format(
            Locale.ROOT,
            """
        {"id": "%s", "version": %d, %s}""",
            ruleId,
            version,
            more);
    TriggerRuleRecord record =
        new TriggerRuleRecord(
            tenantId,
            ruleId,
            List.of(new TriggerRuleVersion(version, null, json)),
            false,
            null,
            false,
            Instant.EPOCH);
    return tell(tenantId + ":" + ruleId, new RuleRecords().encode(record));
  }

  private List<BroadcastRecord> let() {
    List<BroadcastRecord> broadcastRecords = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return broadcastRecords;
  }

  private List<DeadLetterRecord> refused() {
    List<DeadLetterRecord> letters = new ArrayList<>();
    Queue<StreamRecord<TopicRecord>> records =
        harness.getSideOutput(CheckBroadcastRecords.DEAD_LETTERS);
    while (records != null && !records.isEmpty()) {
      TopicRecord record = records.poll().getValue();
      assertThat(record.topic()).isEqualTo(Topic.DEAD_LETTERS);
      letters.add(new AvroEncoding<>(DeadLetterRecord.class).decode(record.value()));
    }
    return letters;
  }

  @Test
  void whatIsNoRuleIsADeadLetterAsItStands() throws Exception {
    tell("*:r", "no Avro".getBytes(StandardCharsets.UTF_8));
    assertThat(let()).isEmpty();
    DeadLetterRecord letter = refused().get(0);
    assertThat(letter.getCode()).isEqualTo("rule_invalid");
    assertThat(letter.getMessage()).startsWith("*:r: ").contains("Not a TriggerRuleRecord");
    assertThat(letter.getRaw()).isEqualTo("no Avro");
    assertThat(letter.getRawLength()).isEqualTo(7);
    assertThat(letter.getSource()).isEqualTo("trigger-rules-3");
    assertThat(letter.getPosition()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"kind\": \"cart_abandonment\", \"filter\": \"cart.valu > 1\" ; undefined field 'valu'",
        "\"kind\": \"cart_abandoned\" ; 'cart_abandoned' is not allowed",
        "\"kind\": \"segment_entered\", \"segments\": [\"champion\"] ; 'champion' is no segment",
        "\"kind\": \"segment_entered\", \"segments\": [\"new\", \"重要价值\"] ; mixes two maps",
      })
  void theLastGoodWordGoesOnWhereTheNextIsWrong(String wrong, String problem) throws Exception {
    BroadcastRecord good =
        publish("*", "r", 1, "\"kind\": \"segment_entered\", \"segments\": [\"new\"]");
    assertThat(let()).containsExactly(good);
    publish("*", "r", 2, wrong);
    // Nothing takes the place of the good one.
    assertThat(let()).isEmpty();
    assertThat(refused())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getCode()).isEqualTo("rule_invalid");
              assertThat(letter.getMessage()).contains("*:r: ", problem);
              assertThat(letter.getRawEncoding()).isEqualTo("base64");
            });
    BroadcastRecord next = publish("*", "r", 3, "\"kind\": \"unpaid_order\"");
    assertThat(let()).containsExactly(next);
  }

  @Test
  void noMoreThanAThousandRulesAreLetThrough() throws Exception {
    for (int i = 0; i < RuleSet.MAX_RULES; i++) {
      publish("acme", "r" + i, 1, "\"kind\": \"unpaid_order\"");
    }
    assertThat(let()).hasSize(RuleSet.MAX_RULES);
    publish("acme", "more", 1, "\"kind\": \"unpaid_order\"");
    assertThat(let()).isEmpty();
    assertThat(refused())
        .singleElement()
        .extracting(DeadLetterRecord::getMessage)
        .asString()
        .contains("there are 1000 rules already");

    // Also after a restart; but one that is there may change, and one that goes makes room.
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(state);
    harness.open();
    publish("acme", "more", 1, "\"kind\": \"unpaid_order\"");
    assertThat(refused()).hasSize(1);
    BroadcastRecord changed = publish("acme", "r7", 2, "\"kind\": \"unpaid_order\"");
    BroadcastRecord gone = tell("acme:r8", null);
    BroadcastRecord more = publish("acme", "more", 1, "\"kind\": \"unpaid_order\"");
    assertThat(let()).containsExactly(changed, gone, more);
    assertThat(refused()).isEmpty();
  }

  @Test
  void whatIsNoRuleAtAllPassesAsItIs() throws Exception {
    BroadcastRecord cuts =
        BroadcastRecord.of(Topic.RFM_CUT_POINTS.wireName(), 0, 0, "acme:1", new byte[] {1});
    harness.processElement(cuts, 0);
    harness.processElement(BroadcastRecord.endOfLog(), 0);
    assertThat(let()).containsExactly(cuts, BroadcastRecord.endOfLog());
  }
}
