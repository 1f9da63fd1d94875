package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.StandingCopies;
import io.customerpulse.domain.rfm.HistogramDelta;
import io.customerpulse.domain.rfm.PopulationState;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.runtime.codec.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The types that travel between the operators, and the serializers of what rests in state. */
public final class Types {
  public static final TypeInformation<ParseResult> PARSE_RESULT =
      new CodecTypeInfo<>(ParseResult.class, ParseResultSerializer.INSTANCE);
  public static final TypeInformation<EncodedEvent> ENCODED_EVENT =
      new CodecTypeInfo<>(EncodedEvent.class, EncodedEventSerializer.INSTANCE);
  public static final TypeInformation<PositionChange> POSITION_CHANGE =
      new CodecTypeInfo<>(PositionChange.class, PositionChangeSerializer.INSTANCE);
  public static final TypeInformation<HistogramDelta> HISTOGRAM_DELTA =
      new CodecTypeInfo<>(HistogramDelta.class, HistogramDeltaSerializer.INSTANCE);
  public static final TypeSerializer<Fingerprint> FINGERPRINT = FingerprintSerializer.INSTANCE;
  public static final TypeSerializer<StandingCopies> STANDING_COPIES =
      StandingCopiesSerializer.INSTANCE;
  public static final TypeSerializer<CustomerState> CUSTOMER_STATE =
      CustomerStateSerializer.INSTANCE;
  public static final TypeSerializer<PopulationState> POPULATION_STATE =
      PopulationStateSerializer.INSTANCE;

  private Types() {}
}
