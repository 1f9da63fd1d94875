package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/**
 * A keyed operator that carries state to a logic and back.
 *
 * @param role names the state and the timers in savepoints, and never changes
 * @param buffering how events wait until the watermark has passed them; null where they are decided
 *     about as they come
 * @param cacheCapacity states kept in memory per subtask at most, at least 1
 */
public record KeyedLogicSpec<S, I, O, R>(
    String role,
    KeyedLogic<S, I, O> logic,
    OutputMapper<O, R> mapper,
    OperatorMetrics<S> metrics,
    TypeSerializer<S> stateSerializer,
    Buffering<I> buffering,
    int cacheCapacity)
    implements Serializable {

  /** Puts the operator behind a stream, whose events go to the state of their key. */
  public SingleOutputStreamOperator<R> apply(
      String name,
      DataStream<I> events,
      KeySelector<I, String> keySelector,
      TypeInformation<R> outputType) {
    return events.keyBy(keySelector).transform(name, outputType, factory(keySelector));
  }

  /**
   * The same with a second input that steers the logic.
   *
   * @param broadcastRecords go to every subtask, in one order
   */
  public SingleOutputStreamOperator<R> apply(
      String name,
      DataStream<I> events,
      KeySelector<I, String> keySelector,
      DataStream<BroadcastRecord> broadcastRecords,
      TypeInformation<R> outputType) {
    return events
        .keyBy(keySelector)
        .connect(broadcastRecords.broadcast())
        .transform(name, outputType, broadcastFactory(keySelector));
  }

  TwoInputStreamOperatorFactory<I, BroadcastRecord, R> broadcastFactory(
      KeySelector<I, String> keySelector) {
    return new BroadcastFactory<>(keySelector, this);
  }

  OneInputStreamOperatorFactory<I, R> factory(KeySelector<I, String> keySelector) {
    return new Factory<>(keySelector, this);
  }

  String stateName() {
    return role + "-state";
  }

  String timersName() {
    return role + "-wakes";
  }

  String broadcastStateName() {
    return role + "-controls";
  }

  String totalsName() {
    return role + "-totals";
  }

  String fingerprintName() {
    return role + "-decided-under";
  }

  private static final class Factory<S, I, O, R> extends AbstractStreamOperatorFactory<R>
      implements OneInputStreamOperatorFactory<I, R> {
    private final KeySelector<I, String> keySelector;
    private final KeyedLogicSpec<S, I, O, R> spec;

    Factory(KeySelector<I, String> keySelector, KeyedLogicSpec<S, I, O, R> spec) {
      this.keySelector = keySelector;
      this.spec = spec;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<R>> T createStreamOperator(
        StreamOperatorParameters<R> parameters) {
      return (T) new KeyedLogicOperator<>(parameters, keySelector, spec);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return KeyedLogicOperator.class;
    }
  }

  private static final class BroadcastFactory<S, I, O, R> extends AbstractStreamOperatorFactory<R>
      implements TwoInputStreamOperatorFactory<I, BroadcastRecord, R> {
    private final KeySelector<I, String> keySelector;
    private final KeyedLogicSpec<S, I, O, R> spec;

    BroadcastFactory(KeySelector<I, String> keySelector, KeyedLogicSpec<S, I, O, R> spec) {
      this.keySelector = keySelector;
      this.spec = spec;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<R>> T createStreamOperator(
        StreamOperatorParameters<R> parameters) {
      return (T) new BroadcastKeyedLogicOperator<>(parameters, keySelector, spec);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return BroadcastKeyedLogicOperator.class;
    }
  }
}
