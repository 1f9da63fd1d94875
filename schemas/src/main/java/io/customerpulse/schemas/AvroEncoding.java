package io.customerpulse.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How a record stands in a Kafka value, and the only place that knows: Avro's single-object
 * encoding. The bytes C3 01, the CRC-64-AVRO fingerprint of the writer's schema (8 bytes, little
 * endian), the binary body. The fingerprint says which schema wrote it, so that no registry is
 * needed, and every schema ever released is read.
 *
 * <p>Buffers are reused: an instance belongs to one thread.
 *
 * @param <T> the generated class of the record
 */
public final class AvroEncoding<T extends SpecificRecordBase> {
  private static final short MARKER = (short) 0xC301;
  private static final int HEADER_BYTES = 10;
  private static final int USUAL_BYTES = 512;

  private final String recordName;
  private final byte[] header;
  private final RecordWriter writer;
  private final BinaryMessageDecoder<T> decoder;
  private ByteArrayOutputStream buffer;
  private BinaryEncoder encoder;

  /** The encoding of one kind of record. */
  public AvroEncoding(Class<T> recordClass) {
    this(recordClass, SchemaHistory.of(schemaOf(recordClass)));
  }

  AvroEncoding(Class<T> recordClass, List<Schema> released) {
    SpecificData model = SpecificData.getForClass(recordClass);
    Schema current = schemaOf(recordClass);
    recordName = current.getName();
    header = header(current);
    writer = new RecordWriter(current);
    decoder = new BinaryMessageDecoder<>(model, current);
    released.forEach(decoder::addSchema);
    renewBuffers();
  }

  private void renewBuffers() {
    buffer = new ByteArrayOutputStream(USUAL_BYTES);
    encoder = EncoderFactory.get().binaryEncoder(buffer, null);
  }

  /**
   * The record in a byte array of its own.
   *
   * @throws IllegalArgumentException if a field has a value that its schema doesn't allow
   */
  public byte[] encode(T record) {
    try {
      buffer.writeBytes(header);
      writer.write(record, encoder);
      encoder.flush();
      byte[] value = buffer.toByteArray();
      buffer.reset();
      return value;
    } catch (IOException | RuntimeException e) {
      // With what it has written of the record that failed.
      renewBuffers();
      throw new IllegalArgumentException(
          "A " + recordName + " doesn't fit its schema: " + e.getMessage(), e);
    }
  }

  /**
   * The record that was encoded, by this or any older release.
   *
   * @throws IllegalArgumentException if the bytes aren't such a record: no marker, a schema that
   *     isn't known here (a newer release wrote it), or a broken body
   */
  public T decode(byte[] value) {
    try {
      return decoder.decode(value);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Not a " + recordName + " of this or an older release: " + e.getMessage(), e);
    }
  }

  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .putShort(MARKER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  private static Schema schemaOf(Class<?> recordClass) {
    return SpecificData.getForClass(recordClass).getSchema(recordClass);
  }
}
