package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.DeadLetterRecords;
import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.Effect;
import io.customerpulse.domain.customer.Effect.Note;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts what was decided and turns it into records of topics. */
final class EffectMapper implements OutputMapper<Effect, TopicRecord> {
  private static final String OVER_LIMIT = "_over_limit";

  private final Counters counters;

  private transient OutputRecords records;
  private transient DeadLetterRecords deadLetters;

  EffectMapper(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void open(RuntimeContext context) {
    counters.open(context);
    counters.begin(Metric.ACCEPTED);
    counters.begin(Metric.LATE);
    counters.begin(Metric.CUTS_OUTDATED);
    records = new OutputRecords();
    deadLetters = new DeadLetterRecords(counters);
  }

  @Override
  public void emit(Effect effect, Instant watermark, Output<StreamRecord<TopicRecord>> downstream) {
    if (effect instanceof Effect.PositionChanged moved) {
      send(moved.change(), downstream);
      return;
    }
    if (effect instanceof Effect.EventRejected rejected) {
      send(deadLetters.of(rejected.event(), rejected.code(), rejected.message()), downstream);
      return;
    }
    count(effect);
    Instant now = watermark.isBefore(Instant.EPOCH) ? Instant.EPOCH : watermark;
    records
        .of(effect, now)
        .ifPresent(
            record -> {
              counters.count(Metric.OUTPUTS, record.topic().wireName());
              send(record, downstream);
            });
  }

  private static void send(TopicRecord record, Output<StreamRecord<TopicRecord>> downstream) {
    downstream.collect(new StreamRecord<>(record, record.timestampMillis()));
  }

  private static void send(PositionChange move, Output<StreamRecord<TopicRecord>> downstream) {
    downstream.collect(CustomerTopology.MOVES, new StreamRecord<>(move, move.at().toEpochMilli()));
  }

  private void count(Effect effect) {
    if (effect instanceof Effect.EventAccepted) {
      counters.count(Metric.ACCEPTED);
    } else if (effect instanceof Effect.EpisodeOpened opened) {
      counters.count(Metric.EPISODES, opened.ruleId());
    } else if (effect instanceof Effect.TriggerIssued issued) {
      Trigger trigger = issued.trigger();
      counters.count(Metric.TRIGGERS, trigger.ruleId(), lowerCase(trigger.action()));
    } else if (effect instanceof Effect.OutcomeRecorded recorded) {
      TriggerOutcome outcome = recorded.outcome();
      counters.count(Metric.OUTCOMES, outcome.ruleId(), lowerCase(outcome.outcome()));
      if (outcome.outcome() == Outcome.SUPPRESSED) {
        counters.count(Metric.SUPPRESSED, outcome.ruleId(), outcome.reason().wireName());
      }
    } else if (effect instanceof Effect.MessageReported reported) {
      counters.count(Metric.MESSAGES, reported.ruleId(), reported.status().wireName());
    } else if (effect instanceof Effect.Noted noted) {
      count(noted.note());
    }
  }

  private void count(Note note) {
    if (note == Note.LATE_EVENT) {
      counters.count(Metric.LATE);
    } else if (note == Note.CUTS_OUTDATED) {
      counters.count(Metric.CUTS_OUTDATED);
    } else {
      counters.count(Metric.OVER_LIMIT, lowerCase(note).replace(OVER_LIMIT, ""));
    }
  }

  private static String lowerCase(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
