package io.customerpulse.runtime.keyedlogic;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how {@link BroadcastRecord}s travel. They are never a key. */
public final class BroadcastRecordTypeInfo extends TypeInformation<BroadcastRecord> {
  public static final BroadcastRecordTypeInfo INSTANCE = new BroadcastRecordTypeInfo();

  /** Found by Flink through the annotation on {@link BroadcastRecord}. */
  public static final class Factory extends TypeInfoFactory<BroadcastRecord> {
    @Override
    public TypeInformation<BroadcastRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return INSTANCE;
    }
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<BroadcastRecord> getTypeClass() {
    return BroadcastRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<BroadcastRecord> createSerializer(SerializerConfig config) {
    return BroadcastRecordSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "BroadcastRecord";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BroadcastRecordTypeInfo;
  }

  @Override
  public int hashCode() {
    return BroadcastRecordTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof BroadcastRecordTypeInfo;
  }
}
