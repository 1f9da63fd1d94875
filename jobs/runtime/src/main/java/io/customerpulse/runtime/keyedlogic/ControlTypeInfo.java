package io.customerpulse.runtime.keyedlogic;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how {@link Control}s travel. They are never a key. */
public final class ControlTypeInfo extends TypeInformation<Control> {
  public static final ControlTypeInfo INSTANCE = new ControlTypeInfo();

  /** Found by Flink through the annotation on {@link Control}. */
  public static final class Factory extends TypeInfoFactory<Control> {
    @Override
    public TypeInformation<Control> createTypeInfo(
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
  public Class<Control> getTypeClass() {
    return Control.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Control> createSerializer(SerializerConfig config) {
    return ControlSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "Control";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControlTypeInfo;
  }

  @Override
  public int hashCode() {
    return ControlTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ControlTypeInfo;
  }
}
