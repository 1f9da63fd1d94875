package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.cart.Carts;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.episode.EpisodeBook;
import io.customerpulse.domain.order.OrderBook;
import io.customerpulse.domain.profile.Facts;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecPropertyTest {
  private static final int RUNS = 2_000;

  /** A serializer and where its values come from. */
  record Subject<T>(TypeSerializer<T> serializer, Function<RandomValues, T> values) {
    @Override
    public String toString() {
      return serializer.getClass().getSimpleName();
    }
  }

  static List<Subject<?>> subjects() {
    return List.of(
        new Subject<>(BehaviorEventSerializer.INSTANCE, RandomValues::event),
        new Subject<>(CustomerStateSerializer.INSTANCE, RandomValues::customer),
        new Subject<>(DedupStateSerializer.INSTANCE, RandomValues::dedup),
        new Subject<>(ReadResultSerializer.INSTANCE, RandomValues::reading),
        new Subject<>(PopulationMoveSerializer.INSTANCE, RandomValues::move),
        new Subject<>(PopulationShiftSerializer.INSTANCE, RandomValues::shift),
        new Subject<>(CensusStateSerializer.INSTANCE, RandomValues::census));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void whatIsReadEqualsWhatWasWritten(Subject<T> subject) throws IOException {
    for (long seed = 0; seed < RUNS; seed++) {
      T value = subject.values().apply(new RandomValues(seed));
      byte[] bytes = bytes(subject.serializer(), value);
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      assertThat(subject.serializer().deserialize(in)).as("seed %d", seed).isEqualTo(value);
      assertThat(in.available()).as("bytes left over, seed %d", seed).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void aCopyOfTheBytesIsTheSameBytes(Subject<T> subject) throws IOException {
    for (long seed = 0; seed < RUNS / 10; seed++) {
      byte[] bytes = bytes(subject.serializer(), subject.values().apply(new RandomValues(seed)));
      DataOutputSerializer copy = new DataOutputSerializer(64);
      subject.serializer().copy(new DataInputDeserializer(bytes), copy);
      assertThat(copy.getCopyOfBuffer()).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void valuesAreNeverCopiedForTheyAreImmutable(Subject<T> subject) {
    T value = subject.values().apply(new RandomValues(1));
    assertThat(subject.serializer().copy(value)).isSameAs(value);
    assertThat(subject.serializer().isImmutableType()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void theSnapshotRestoresACompatibleSerializer(Subject<T> subject) {
    var snapshot = subject.serializer().snapshotConfiguration();
    assertThat(snapshot.restoreSerializer()).isEqualTo(subject.serializer());
    assertThat(
            subject
                .serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void partsThatAreEmptyTakeNextToNothing() throws IOException {
    CustomerState random = new RandomValues(7).customer();
    CustomerState unseen = CustomerState.unseen(random.key());
    assertThat(unseen.orders()).isSameAs(OrderBook.EMPTY);
    assertThat(unseen.carts()).isSameAs(Carts.EMPTY);
    assertThat(unseen.facts()).isSameAs(Facts.NONE);
    assertThat(unseen.episodes()).isSameAs(EpisodeBook.EMPTY);
    int keyBytes = random.key().tenantId().length() + random.key().customerId().length();
    assertThat(bytes(CustomerStateSerializer.INSTANCE, unseen)).hasSizeLessThan(keyBytes + 50);
  }

  static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }
}
