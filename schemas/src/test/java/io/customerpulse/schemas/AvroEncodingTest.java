package io.customerpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class AvroEncodingTest {
  private static final CustomerRedirectRecord REDIRECT =
      new CustomerRedirectRecord("acme", "old", "new", Instant.parse("2024-03-01T02:00:00.123Z"));

  /** Marker, fingerprint, then the fields: a change of any is a change for every consumer. */
  private static final String GOLDEN =
      "c301" + "d037a2df622e41d0" + "0861636d65" + "066f6c64" + "066e6577" + "f685ebfbbe63";

  private static final List<Class<? extends SpecificRecordBase>> RECORDS =
      List.of(
          BehaviorEventRecord.class,
          CustomerProfileRecord.class,
          CustomerRedirectRecord.class,
          DeadLetterRecord.class,
          LifecycleTransitionRecord.class,
          MarketingTriggerRecord.class,
          RfmCutPointsRecord.class,
          TriggerOutcomeRecord.class);

  private final AvroEncoding<CustomerRedirectRecord> encoding =
      new AvroEncoding<>(CustomerRedirectRecord.class);

  @Test
  void bytesStayAsTheyAre() {
    assertThat(HexFormat.of().formatHex(encoding.encode(REDIRECT))).isEqualTo(GOLDEN);
    assertThat(encoding.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(REDIRECT);
  }

  @Test
  void valuesDoNotShareBuffers() {
    byte[] first = encoding.encode(REDIRECT);
    byte[] before = first.clone();
    encoding.encode(new CustomerRedirectRecord("zz", "yy", "xx", Instant.EPOCH));
    assertThat(first).isEqualTo(before);
  }

  @Test
  void readsWhatAnOlderReleaseWrote() throws IOException {
    Schema current = CustomerProfileRecord.getClassSchema();
    Schema older = withoutField(current, "expected_orders_90d");
    GenericRecordBuilder profile = new GenericRecordBuilder(older);
    for (Schema.Field field : older.getFields()) {
      if (field.defaultVal() == null) {
        profile.set(field, sample(field.schema()));
      }
    }
    byte[] value =
        new BinaryMessageEncoder<>(GenericData.get(), older, true).encode(profile.build()).array();

    CustomerProfileRecord read =
        new AvroEncoding<>(CustomerProfileRecord.class, List.of(older)).decode(value);

    assertThat(read.getTenantId()).isEqualTo("text");
    assertThat(read.getExpectedOrders90d()).isNull();
    assertThatThrownBy(() -> new AvroEncoding<>(CustomerProfileRecord.class).decode(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not a CustomerProfileRecord of this or an older release");
  }

  @Test
  void refusesWhatIsNoSuchRecord() {
    byte[] value = encoding.encode(REDIRECT);
    byte[] otherMarker = value.clone();
    otherMarker[0] = 0;
    byte[] cutOff = Arrays.copyOf(value, value.length - 1);
    byte[] hugeLength = value.clone();
    Arrays.fill(hugeLength, 10, 14, (byte) 0xff);
    for (byte[] broken : List.of(otherMarker, cutOff, hugeLength, new byte[0], new byte[1])) {
      assertThatThrownBy(() -> encoding.decode(broken))
          .as(HexFormat.of().formatHex(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Not a CustomerRedirectRecord");
    }
  }

  @Test
  void refusesARecordThatLacksWhatItNeeds() {
    CustomerRedirectRecord incomplete =
        new CustomerRedirectRecord("acme", null, "new", Instant.EPOCH);
    assertThatThrownBy(() -> encoding.encode(incomplete))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CustomerRedirectRecord")
        .hasMessageContaining("old_customer_id");
    assertThat(encoding.encode(REDIRECT))
        .as("the next record has nothing of the refused one")
        .isEqualTo(HexFormat.of().parseHex(GOLDEN));
  }

  @Test
  void writesWhatTheWriterOfAvroWrites() throws IOException {
    long[] seeds = seeds();
    for (Class<? extends SpecificRecordBase> type : RECORDS) {
      assertWritesAsAvroDoes(type, seeds);
    }
  }

  /**
   * A hundred that are the same in every run, and as many new ones, or those that are asked for.
   */
  private static long[] seeds() {
    Long asked = Long.getLong("customer-pulse.first-seed");
    long first = asked == null ? 1_000_000 + new Random().nextInt(Integer.MAX_VALUE) : asked;
    int count = Integer.getInteger("customer-pulse.seeds", asked == null ? 100 : 1);
    System.out.println(
        "AvroEncodingTest: -Dcustomer-pulse.first-seed="
            + first
            + " -Dcustomer-pulse.seeds="
            + count);
    return LongStream.concat(LongStream.range(first, first + count), LongStream.range(0, 100))
        .toArray();
  }

  private static <T extends SpecificRecordBase> void assertWritesAsAvroDoes(
      Class<T> type, long[] seeds) throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    AvroEncoding<T> ours = new AvroEncoding<>(type);
    BinaryMessageEncoder<T> theirs = new BinaryMessageEncoder<>(model, schema, true);
    for (long seed : seeds) {
      T record = type.cast(new RandomRecord(new Random(seed)).of(schema));
      assertThat(ours.encode(record))
          .as("%s of seed %d", type.getSimpleName(), seed)
          .isEqualTo(theirs.encode(record).array());
    }
  }

  private static Schema withoutField(Schema record, String name) {
    List<Schema.Field> fields =
        record.getFields().stream()
            .filter(field -> !field.name().equals(name))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(
        record.getName(), record.getDoc(), record.getNamespace(), false, fields);
  }

  private static Object sample(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> "text";
      case LONG -> 1L;
      case INT -> 1;
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(1));
      case RECORD -> new GenericRecordBuilder(schema).build();
      default -> throw new IllegalArgumentException("No sample of " + schema);
    };
  }
}
