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
 * A keyed operator that carries state to a decider and back.
 *
 * @param role names the state and the timers in savepoints, and never changes
 * @param cacheCapacity states kept in memory per subtask at most, at least 1
 */
public record Deciding<S, I, O, R>(
    String role,
    Decider<S, I, O> decider,
    Emitter<S, O, R> emitter,
    TypeSerializer<S> stateSerializer,
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
   * The same with a second input that steers the decider.
   *
   * @param controls go to every subtask, in one order
   */
  public SingleOutputStreamOperator<R> apply(
      String name,
      DataStream<I> events,
      KeySelector<I, String> keySelector,
      DataStream<Control> controls,
      TypeInformation<R> outputType) {
    return events
        .keyBy(keySelector)
        .connect(controls.broadcast())
        .transform(name, outputType, steeredFactory(keySelector));
  }

  TwoInputStreamOperatorFactory<I, Control, R> steeredFactory(KeySelector<I, String> keySelector) {
    return new SteeredFactory<>(keySelector, this);
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

  String watermarkName() {
    return role + "-watermark";
  }

  String controlsName() {
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
    private final Deciding<S, I, O, R> deciding;

    Factory(KeySelector<I, String> keySelector, Deciding<S, I, O, R> deciding) {
      this.keySelector = keySelector;
      this.deciding = deciding;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<R>> T createStreamOperator(
        StreamOperatorParameters<R> parameters) {
      return (T) new DecidingOperator<>(parameters, keySelector, deciding);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return DecidingOperator.class;
    }
  }

  private static final class SteeredFactory<S, I, O, R> extends AbstractStreamOperatorFactory<R>
      implements TwoInputStreamOperatorFactory<I, Control, R> {
    private final KeySelector<I, String> keySelector;
    private final Deciding<S, I, O, R> deciding;

    SteeredFactory(KeySelector<I, String> keySelector, Deciding<S, I, O, R> deciding) {
      this.keySelector = keySelector;
      this.deciding = deciding;
    }

    @Override
    // The interface is made so: the caller wants the operator of this factory.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<R>> T createStreamOperator(
        StreamOperatorParameters<R> parameters) {
      return (T) new SteeredOperator<>(parameters, keySelector, deciding);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return SteeredOperator.class;
    }
  }
}
