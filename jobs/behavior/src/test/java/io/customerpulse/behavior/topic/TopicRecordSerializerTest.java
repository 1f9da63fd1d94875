package io.customerpulse.behavior.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicRecordSerializerTest {
  private static final TopicRecordSerializer SERIALIZER = TopicRecordSerializer.INSTANCE;

  static List<TopicRecord> records() {
    return List.of(
        TopicRecord.of(Topic.MARKETING_TRIGGERS, "acme\u0000c1", new byte[] {0, -1, 7}, 1_709_258L),
        TopicRecord.of(Topic.DEAD_LETTERS, "", new byte[0], 0),
        TopicRecord.of(Topic.CUSTOMER_MOVES, "客户", new byte[70_000], Long.MAX_VALUE),
        TopicRecord.tombstone(Topic.CUSTOMER_PROFILES, "acme\u0000c1", -5));
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenIsRead(TopicRecord record) throws IOException {
    TopicRecord read = SERIALIZER.deserialize(new DataInputDeserializer(bytes(record)));

    assertThat(read).isEqualTo(record).hasSameHashCodeAs(record);
    assertThat(read.isTombstone()).isEqualTo(record.isTombstone());
  }

  @ParameterizedTest
  @MethodSource("records")
  void theBinaryCopyTakesTheWholeRecordAndNothingMore(TopicRecord record) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    DataInputDeserializer source = new DataInputDeserializer(bytes(record));

    SERIALIZER.copy(source, target);

    assertThat(source.available()).isZero();
    assertThat(target.getCopyOfBuffer()).isEqualTo(bytes(record));
  }

  /** Records in flight stand in savepoints: these bytes must stay readable. */
  @Test
  void theFormIsThatOfEarlierSavepoints() throws IOException {
    TopicRecord record = TopicRecord.of(Topic.TRIGGER_OUTCOMES, "k", new byte[] {1, 2}, 3);

    assertThat(HexFormat.of().formatHex(bytes(record)))
        .isEqualTo("06026b0000000201020000000000000003");
  }

  @Test
  void flinkFindsTheTypeByItself() {
    assertThat(TypeInformation.of(TopicRecord.class)).isSameAs(TopicRecordTypeInfo.INSTANCE);
  }

  @Test
  void everyTopicHasACodeAndANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    for (Topic topic : Topic.values()) {
      assertThat(Topic.ofCode(topic.code())).isSameAs(topic);
      assertThat(Topic.ofWireName(topic.wireName())).contains(topic);
      names.add(topic.wireName());
    }
    assertThat(names).hasSameSizeAs(Arrays.asList(Topic.values()));
    assertThat(Topic.ofWireName("nothing")).isEmpty();
  }

  @Test
  void anUnknownCodeIsRefused() {
    assertThatThrownBy(() -> Topic.ofCode(200)).hasMessageContaining("200");
  }

  private static byte[] bytes(TopicRecord record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(record, out);
    return out.getCopyOfBuffer();
  }
}
