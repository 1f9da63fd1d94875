package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counters;
import io.customerpulse.behavior.metrics.KeyedLogicMetrics;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Output;
import io.customerpulse.domain.customer.Output.Note;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.runtime.keyedlogic.Gauges;
import io.customerpulse.runtime.keyedlogic.OutputMapper;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counters what was decided and turns it into records of topics. */
final class EffectMapper implements OutputMapper<CustomerState, Output, TopicRecord> {
  private static final String OVER_LIMIT = "_over_limit";

  private final Counters counters;
  private final KeyedLogicMetrics metrics;

  private transient OutputRecords records;
  private transient AtomicLong openEpisodes;

  EffectMapper(Counters counters) {
    this.counters = counters;
    this.metrics = new KeyedLogicMetrics(Uids.DECIDE_CUSTOMERS, counters);
  }

  @Override
  public void open(RuntimeContext context, Gauges gauges) {
    counters.open(context);
    metrics.open(gauges);
    counters.begin(Metric.ACCEPTED);
    counters.begin(Metric.LATE);
    counters.begin(Metric.CUTS_OUTDATED);
    openEpisodes = gauges.total(Metric.OPEN_EPISODES.wireName());
    counters.gauge(Metric.OPEN_EPISODES, openEpisodes::get);
    records = new OutputRecords();
  }

  @Override
  public void emit(
      Output output,
      Instant watermark,
      org.apache.flink.streaming.api.operators.Output<StreamRecord<TopicRecord>> downstream) {
    if (output instanceof Output.PopulationMoved moved) {
      send(moved.move(), downstream);
      return;
    }
    count(output);
    Instant now = watermark.isBefore(Instant.EPOCH) ? Instant.EPOCH : watermark;
    records
        .of(output, now)
        .ifPresent(
            record -> {
              counters.count(Metric.OUTPUTS, record.topic().wireName());
              downstream.collect(new StreamRecord<>(record, record.timestampMillis()));
            });
  }

  private static void send(
      PopulationMove move,
      org.apache.flink.streaming.api.operators.Output<StreamRecord<TopicRecord>> downstream) {
    downstream.collect(CustomerTopology.MOVES, new StreamRecord<>(move, move.at().toEpochMilli()));
  }

  private void count(Output output) {
    if (output instanceof Output.EventAccepted) {
      counters.count(Metric.ACCEPTED);
    } else if (output instanceof Output.EventRejected rejected) {
      counters.count(Metric.REJECTED, rejected.code().wireName());
    } else if (output instanceof Output.EpisodeOpened opened) {
      counters.count(Metric.EPISODES, opened.ruleId());
    } else if (output instanceof Output.TriggerIssued issued) {
      Trigger trigger = issued.trigger();
      counters.count(Metric.TRIGGERS, trigger.ruleId(), lowerCase(trigger.action()));
    } else if (output instanceof Output.OutcomeRecorded recorded) {
      TriggerOutcome outcome = recorded.outcome();
      counters.count(Metric.OUTCOMES, outcome.ruleId(), lowerCase(outcome.outcome()));
      if (outcome.outcome() == Outcome.SUPPRESSED) {
        counters.count(Metric.SUPPRESSED, outcome.ruleId(), outcome.reason().wireName());
      }
    } else if (output instanceof Output.MessageReported reported) {
      counters.count(Metric.MESSAGES, reported.ruleId(), reported.status().wireName());
    } else if (output instanceof Output.Noted noted) {
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

  @Override
  public void timerFired() {
    metrics.timerFired();
  }

  @Override
  public void reevaluated() {
    metrics.reevaluated();
  }

  @Override
  public void cacheMissed() {
    metrics.cacheMissed();
  }

  @Override
  public void flushed(int entries, long nanos) {
    metrics.flushed(entries, nanos);
  }

  @Override
  public void changed(CustomerState before, CustomerState after) {
    metrics.waiting(
        before == null ? 0 : before.tail().size(), after == null ? 0 : after.tail().size());
    int opened = liveEpisodes(after) - liveEpisodes(before);
    if (opened != 0) {
      openEpisodes.addAndGet(opened);
    }
  }

  private static int liveEpisodes(CustomerState state) {
    return state == null ? 0 : state.episodes().live().size();
  }

  @Override
  public void sampled(CustomerState state, int bytes) {
    metrics.stored(bytes);
    metrics.tail(state.tail().size());
  }

  @Override
  public void checkpointed() {
    metrics.checkpointed();
  }
}
