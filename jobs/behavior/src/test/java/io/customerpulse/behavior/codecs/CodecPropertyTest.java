package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.oracle.Seeds;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CodecSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecPropertyTest {
  private static final List<Long> SEEDS = Seeds.of(CodecPropertyTest.class, 1000, 1000);

  /** A codec, of a whole value or of a part of one, and where its values come from. */
  record Subject<T>(Codec<T> codec, Function<RandomValues, T> values) {
    @Override
    public String toString() {
      return codec.getClass().getSimpleName();
    }
  }

  static List<Subject<?>> subjects() {
    return List.of(
        new Subject<>(EventCodec.INSTANCE, RandomValues::event),
        new Subject<>(EncodedEventCodec.INSTANCE, RandomValues::encodedEvent),
        new Subject<>(ParseResultCodec.INSTANCE, RandomValues::parsed),
        new Subject<>(StandingCopiesCodec.INSTANCE, RandomValues::standingCopies),
        new Subject<>(FingerprintCodec.INSTANCE, RandomValues::fingerprint),
        new Subject<>(CustomerStateCodec.INSTANCE, RandomValues::customer),
        new Subject<>(CustomerFactsCodec.INSTANCE, RandomValues::facts),
        new Subject<>(KnownIdentifiersCodec.INSTANCE, RandomValues::identifiers),
        new Subject<>(SightingsCodec.INSTANCE, RandomValues::sightings),
        new Subject<>(OrderBookCodec.INSTANCE, RandomValues::orders),
        new Subject<>(CartsCodec.INSTANCE, RandomValues::carts),
        new Subject<>(InterestsCodec.INSTANCE, RandomValues::interests),
        new Subject<>(SelfReportedCodec.INSTANCE, RandomValues::selfReported),
        new Subject<>(RecentPurchasesCodec.INSTANCE, RandomValues::recentPurchases),
        new Subject<>(RecentViewsCodec.INSTANCE, RandomValues::recentViews),
        new Subject<>(StageEntryCodec.INSTANCE, RandomValues::stage),
        new Subject<>(PopulationEntryCodec.INSTANCE, RandomValues::populationEntry),
        new Subject<>(LastPublishedCodec.INSTANCE, RandomValues::lastPublished),
        new Subject<>(EpisodeBookCodec.INSTANCE, RandomValues::episodes),
        new Subject<>(RateWindowCodec.INSTANCE, RandomValues::rate),
        new Subject<>(ErasureCodec.INSTANCE, RandomValues::erasure),
        new Subject<>(PositionChangeCodec.INSTANCE, RandomValues::move),
        new Subject<>(HistogramDeltaCodec.INSTANCE, RandomValues::delta),
        new Subject<>(PopulationStateCodec.INSTANCE, RandomValues::populationState));
  }

  static List<CodecSerializer<?>> serializers() {
    return List.of(
        EncodedEventSerializer.INSTANCE,
        FingerprintSerializer.INSTANCE,
        CustomerStateSerializer.INSTANCE,
        StandingCopiesSerializer.INSTANCE,
        ParseResultSerializer.INSTANCE,
        PositionChangeSerializer.INSTANCE,
        HistogramDeltaSerializer.INSTANCE,
        PopulationStateSerializer.INSTANCE);
  }

  /** A codec that is left out has neither random nor golden values. */
  @Test
  void everyCodecIsASubject() {
    Set<String> codecs =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackagesOf(EventCodec.class).stream()
                .filter(
                    type -> type.isAssignableTo(Codec.class) && !type.isEquivalentTo(Codec.class))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    assertThat(subjects())
        .extracting(Subject::toString)
        .containsExactlyInAnyOrderElementsOf(codecs);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void whatIsReadEqualsWhatWasWritten(Subject<T> subject) throws IOException {
    for (long seed : SEEDS) {
      T value = subject.values().apply(new RandomValues(seed));
      DataInputDeserializer in = new DataInputDeserializer(bytes(subject.codec(), value));
      assertThat(subject.codec().decode(in)).as("seed %d", seed).isEqualTo(value);
      assertThat(in.available()).as("bytes left over, seed %d", seed).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void anUnknownVersionIsRefusedWithAWord(Subject<T> subject) {
    int known = subject.codec().version();
    for (int version : new int[] {0, known + 1, 255}) {
      assertThatThrownBy(
              () -> subject.codec().decode(new DataInputDeserializer(new byte[] {(byte) version})))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s reads versions 1 to %d, this value has %d: it was written by a newer release",
              subject, known, version);
    }
  }

  @Test
  void theVersionOfAPartIsItsOwn() throws IOException {
    CustomerState unseen = CustomerState.unseen(new CustomerKey("t", "c"));
    byte[] bytes = bytes(CustomerStateCodec.INSTANCE, unseen);
    int facts = 1 + 2 + 2 + 1;
    assertThat(bytes[facts]).isEqualTo((byte) CustomerFactsCodec.INSTANCE.version());
    bytes[facts + 1] = 77;
    assertThatThrownBy(() -> CustomerStateCodec.INSTANCE.decode(new DataInputDeserializer(bytes)))
        .hasMessageContaining("KnownIdentifiersCodec reads versions 1 to 1, this value has 77");
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <T> void aCopyOfTheBytesIsTheSameBytes(Subject<T> subject) throws IOException {
    for (long seed : SEEDS.subList(0, (SEEDS.size() + 9) / 10)) {
      byte[] bytes = bytes(subject.codec(), subject.values().apply(new RandomValues(seed)));
      T read = subject.codec().decode(new DataInputDeserializer(bytes));
      assertThat(bytes(subject.codec(), read)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <T> void theSnapshotRestoresACompatibleSerializer(CodecSerializer<T> serializer) {
    var snapshot = serializer.snapshotConfiguration();
    assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void aSerializerCopiesBytesAndLeavesImmutableValuesAsTheyAre() throws IOException {
    CustomerState value = new RandomValues(1).customer();
    CustomerStateSerializer serializer = CustomerStateSerializer.INSTANCE;
    byte[] bytes = bytes(CustomerStateCodec.INSTANCE, value);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    assertThat(serializer.copy(value)).isSameAs(value);
    assertThat(serializer.isImmutableType()).isTrue();
  }

  @Test
  void partsThatAreEmptyTakeNextToNothing() throws IOException {
    CustomerState random = new RandomValues(7).customer();
    CustomerState unseen = CustomerState.unseen(random.key());
    int keyBytes = random.key().tenantId().length() + random.key().customerId().length();
    assertThat(bytes(CustomerStateCodec.INSTANCE, unseen)).hasSizeLessThan(keyBytes + 64);
  }

  static <T> byte[] bytes(Codec<T> codec, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.encode(value, out);
    return out.getCopyOfBuffer();
  }
}
