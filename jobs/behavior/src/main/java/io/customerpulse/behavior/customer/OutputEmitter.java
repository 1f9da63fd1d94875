package io.customerpulse.behavior.customer;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.metrics.Counts;
import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.metrics.OperatorCounts;
import io.customerpulse.behavior.run.Uids;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.customer.Output;
import io.customerpulse.domain.customer.Output.Note;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerOutcome;
import io.customerpulse.runtime.keyedlogic.Emitter;
import io.customerpulse.runtime.keyedlogic.Figures;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts what was decided and turns it into records of topics. */
final class OutputEmitter implements Emitter<CustomerState, Output, TopicRecord> {
  private static final String OVER_LIMIT = "_over_limit";

  private final Counts counts;
  private final OperatorCounts operatorCounts;

  private transient OutputRecords records;
  private transient AtomicLong openEpisodes;

  OutputEmitter(Counts counts) {
    this.counts = counts;
    this.operatorCounts = new OperatorCounts(Uids.DECIDE_CUSTOMERS, counts);
  }

  @Override
  public void open(RuntimeContext context, Figures figures) {
    counts.open(context);
    operatorCounts.open(figures);
    counts.begin(Metric.ACCEPTED);
    counts.begin(Metric.LATE);
    counts.begin(Metric.CUTS_OUTDATED);
    openEpisodes = figures.total(Metric.OPEN_EPISODES.wireName());
    counts.gauge(Metric.OPEN_EPISODES, openEpisodes::get);
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
              counts.count(Metric.OUTPUTS, record.topic().wireName());
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
      counts.count(Metric.ACCEPTED);
    } else if (output instanceof Output.EventRejected rejected) {
      counts.count(Metric.REJECTED, rejected.code().wireName());
    } else if (output instanceof Output.EpisodeOpened opened) {
      counts.count(Metric.EPISODES, opened.ruleId());
    } else if (output instanceof Output.TriggerIssued issued) {
      Trigger trigger = issued.trigger();
      counts.count(Metric.TRIGGERS, trigger.ruleId(), lowerCase(trigger.action()));
    } else if (output instanceof Output.OutcomeRecorded recorded) {
      TriggerOutcome outcome = recorded.outcome();
      counts.count(Metric.OUTCOMES, outcome.ruleId(), lowerCase(outcome.outcome()));
      if (outcome.outcome() == Outcome.SUPPRESSED) {
        counts.count(Metric.SUPPRESSED, outcome.ruleId(), outcome.reason().wireName());
      }
    } else if (output instanceof Output.MessageReported reported) {
      counts.count(Metric.MESSAGES, reported.ruleId(), reported.status().wireName());
    } else if (output instanceof Output.Noted noted) {
      count(noted.note());
    }
  }

  private void count(Note note) {
    if (note == Note.LATE_EVENT) {
      counts.count(Metric.LATE);
    } else if (note == Note.CUTS_OUTDATED) {
      counts.count(Metric.CUTS_OUTDATED);
    } else {
      counts.count(Metric.OVER_LIMIT, lowerCase(note).replace(OVER_LIMIT, ""));
    }
  }

  private static String lowerCase(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public void woken() {
    operatorCounts.woken();
  }

  @Override
  public void askedAgain() {
    operatorCounts.askedAgain();
  }

  @Override
  public void cacheMissed() {
    operatorCounts.cacheMissed();
  }

  @Override
  public void flushed(int entries, long nanos) {
    operatorCounts.flushed(entries, nanos);
  }

  @Override
  public void changed(CustomerState before, CustomerState after) {
    operatorCounts.waiting(
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
    operatorCounts.stored(bytes);
    operatorCounts.tail(state.tail().size());
  }

  @Override
  public void checkpointed() {
    operatorCounts.checkpointed();
  }
}
