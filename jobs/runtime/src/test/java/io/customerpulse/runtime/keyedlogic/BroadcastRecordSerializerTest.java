package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class BroadcastRecordSerializerTest {

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<BroadcastRecord> broadcastRecords =
        List.of(
            BroadcastRecord.of("trigger-rules", 3, 1L << 40, "acme:a", new byte[] {1, 2, 3}),
            BroadcastRecord.endOfLog(),
            BroadcastRecord.of("trigger-rules", 0, 0, "", new byte[0]),
            BroadcastRecord.of("trigger-rules", 0, 1, "é", null));
    DataOutputSerializer out = new DataOutputSerializer(16);
    for (BroadcastRecord broadcastRecord : broadcastRecords) {
      BroadcastRecordSerializer.INSTANCE.serialize(broadcastRecord, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (BroadcastRecord broadcastRecord : broadcastRecords) {
      assertThat(BroadcastRecordSerializer.INSTANCE.deserialize(in)).isEqualTo(broadcastRecord);
    }
    assertThat(in.available()).isZero();
  }
}
