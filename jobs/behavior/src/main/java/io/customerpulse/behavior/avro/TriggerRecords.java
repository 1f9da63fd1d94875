package io.customerpulse.behavior.avro;

import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.domain.trigger.TriggerReason;
import io.customerpulse.schemas.MarketingTriggerRecord;
import io.customerpulse.schemas.TriggerEvidence;
import io.customerpulse.schemas.TriggerOutcomeRecord;

/** The records of topics marketing-triggers and trigger-outcomes. */
final class TriggerRecords {
  private TriggerRecords() {}

  static MarketingTriggerRecord trigger(Trigger trigger) {
    return new MarketingTriggerRecord(
        trigger.triggerId(),
        Symbols.ACTION.symbol(trigger.action()),
        trigger.ruleId(),
        trigger.ruleVersion(),
        trigger.kind().wireName(),
        trigger.tenantId(),
        trigger.customerId(),
        CustomerRecords.identifiers(trigger.identifiers()),
        trigger.episodeId(),
        trigger.step(),
        trigger.dueAt(),
        trigger.firedAt(),
        trigger.validUntil(),
        trigger.variant(),
        reason(trigger.reason()),
        evidence(trigger.evidence()));
  }

  static TriggerOutcomeRecord outcome(TriggerOutcome outcome) {
    return new TriggerOutcomeRecord(
        outcome.triggerId(),
        outcome.ruleId(),
        outcome.ruleVersion(),
        outcome.tenantId(),
        outcome.customerId(),
        outcome.step(),
        Symbols.OUTCOME.symbol(outcome.outcome()),
        reason(outcome.reason()),
        outcome.at(),
        outcome.orderId(),
        outcome.revenueMinor(),
        outcome.liftConverted(),
        outcome.messageStatus() == null ? null : outcome.messageStatus().wireName());
  }

  private static String reason(TriggerReason reason) {
    return reason == null ? null : reason.wireName();
  }

  private static TriggerEvidence evidence(Evidence evidence) {
    if (evidence == null) {
      return null;
    }
    return new TriggerEvidence(
        evidence.appId(),
        evidence.cartId(),
        evidence.valueMinor(),
        ItemLines.toAvro(evidence.lines()),
        evidence.productId(),
        evidence.views(),
        evidence.daysSilent(),
        Symbols.STAGE.symbol(evidence.stage()),
        evidence.rScore(),
        evidence.fScore(),
        evidence.mScore(),
        evidence.cutsVersion(),
        evidence.openedBy(),
        evidence.refreshedBy(),
        evidence.orderId());
  }
}
