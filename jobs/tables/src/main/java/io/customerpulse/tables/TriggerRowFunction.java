package io.customerpulse.tables;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.MarketingAction;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.StepOutcome;
import io.customerpulse.schemas.TriggerOutcomeRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * FIREs and what becomes of them → rows of the table of triggers. A CANCEL says nothing that its
 * outcome doesn't; expired and suppressed steps were no triggers.
 */
final class TriggerRowFunction extends RichFlatMapFunction<TopicRecord, RowData> {
  private final StepOutcome wanted;
  private final Settings settings;
  private transient AvroEncoding<MarketingTriggerRecord> triggers;
  private transient AvroEncoding<TriggerOutcomeRecord> outcomes;
  private transient TriggerRows rows;

  private TriggerRowFunction(StepOutcome wanted, Settings settings) {
    this.wanted = wanted;
    this.settings = settings;
  }

  /** FIREs and cancellations. */
  static TriggerRowFunction firesAndCancellations(Settings settings) {
    return new TriggerRowFunction(StepOutcome.CANCELLED, settings);
  }

  /** Conversions, an order each. */
  static TriggerRowFunction conversions(Settings settings) {
    return new TriggerRowFunction(StepOutcome.CONVERTED, settings);
  }

  @Override
  public void open(OpenContext context) {
    triggers = new AvroEncoding<>(MarketingTriggerRecord.class);
    outcomes = new AvroEncoding<>(TriggerOutcomeRecord.class);
    rows = new TriggerRows(settings);
  }

  @Override
  public void flatMap(TopicRecord record, Collector<RowData> out) {
    if (record.isTombstone()) {
      // Neither topic is compacted: nobody says that way that a trigger never was.
      return;
    }
    if (record.topic() == Topic.MARKETING_TRIGGERS && wanted == StepOutcome.CANCELLED) {
      MarketingTriggerRecord trigger = triggers.decode(record.value());
      if (trigger.getAction() == MarketingAction.FIRE) {
        out.collect(rows.fire(trigger));
      }
    } else if (record.topic() == Topic.TRIGGER_OUTCOMES) {
      TriggerOutcomeRecord outcome = outcomes.decode(record.value());
      if (outcome.getOutcome() == wanted) {
        out.collect(
            wanted == StepOutcome.CANCELLED ? rows.cancelled(outcome) : rows.converted(outcome));
      }
    }
  }
}
