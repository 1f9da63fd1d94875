package io.customerpulse.behavior.topic;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how {@link TopicRecord}s travel. They are never a key. */
public final class TopicRecordTypeInfo extends TypeInformation<TopicRecord> {
  public static final TopicRecordTypeInfo INSTANCE = new TopicRecordTypeInfo();

  /** Found by Flink through the annotation on {@link TopicRecord}. */
  public static final class Factory extends TypeInfoFactory<TopicRecord> {
    @Override
    public TypeInformation<TopicRecord> createTypeInfo(
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
  public Class<TopicRecord> getTypeClass() {
    return TopicRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<TopicRecord> createSerializer(SerializerConfig config) {
    return TopicRecordSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "TopicRecord";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicRecordTypeInfo;
  }

  @Override
  public int hashCode() {
    return TopicRecordTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof TopicRecordTypeInfo;
  }
}
