package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ControlSerializerTest {

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<Control> controls =
        List.of(
            Control.of("trigger-rules", 3, 1L << 40, "acme:a", new byte[] {1, 2, 3}),
            Control.endOfLog(),
            Control.of("trigger-rules", 0, 0, "", new byte[0]),
            Control.of("trigger-rules", 0, 1, "é", null));
    DataOutputSerializer out = new DataOutputSerializer(16);
    for (Control control : controls) {
      ControlSerializer.INSTANCE.serialize(control, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (Control control : controls) {
      assertThat(ControlSerializer.INSTANCE.deserialize(in)).isEqualTo(control);
    }
    assertThat(in.available()).isZero();
  }
}
