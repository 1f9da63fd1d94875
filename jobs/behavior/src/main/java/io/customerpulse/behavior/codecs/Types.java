package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.ingest.DedupState;
import io.customerpulse.domain.ingest.ReadResult;
import io.customerpulse.domain.rfm.CensusState;
import io.customerpulse.domain.rfm.PopulationMove;
import io.customerpulse.domain.rfm.PopulationShift;
import io.customerpulse.runtime.codec.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The types that travel between the operators, and the serializers of what rests in state. */
public final class Types {
  public static final TypeInformation<ReadResult> READ_RESULT =
      new CodecTypeInfo<>(ReadResult.class, ReadResultSerializer.INSTANCE);
  public static final TypeInformation<BehaviorEvent> BEHAVIOR_EVENT =
      new CodecTypeInfo<>(BehaviorEvent.class, BehaviorEventSerializer.INSTANCE);
  public static final TypeInformation<PopulationMove> POPULATION_MOVE =
      new CodecTypeInfo<>(PopulationMove.class, PopulationMoveSerializer.INSTANCE);
  public static final TypeInformation<PopulationShift> POPULATION_SHIFT =
      new CodecTypeInfo<>(PopulationShift.class, PopulationShiftSerializer.INSTANCE);
  public static final TypeSerializer<DedupState> DEDUP_STATE = DedupStateSerializer.INSTANCE;
  public static final TypeSerializer<CustomerState> CUSTOMER_STATE =
      CustomerStateSerializer.INSTANCE;
  public static final TypeSerializer<CensusState> CENSUS_STATE = CensusStateSerializer.INSTANCE;

  private Types() {}
}
