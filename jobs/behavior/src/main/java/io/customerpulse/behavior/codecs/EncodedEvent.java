package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Fingerprint;
import io.customerpulse.domain.ingest.Deduplicator;
import io.customerpulse.runtime.keyedlogic.Buffering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A clean event as it travels and waits: written once, where it was read, and read once, where a
 * customer is decided about. Beside the bytes stands what the operators on the way need to know.
 */
public final class EncodedEvent {
  /** How encoded events wait for the watermark. */
  public static final Buffering<EncodedEvent> BUFFERING = new Waiting();

  private static final int USUAL_BYTES = 512;

  /** Of the objects that an encoded event is made of, by a heap histogram. */
  private static final int OBJECTS_BYTES = 200;

  private final String identifierKey;
  private final Fingerprint fingerprint;
  private final String customerKey;
  private final long timeMillis;
  private final long deviceTimeMillis;
  private final byte[] bytes;

  EncodedEvent(
      String identifierKey,
      Fingerprint fingerprint,
      String customerKey,
      long timeMillis,
      long deviceTimeMillis,
      byte[] bytes) {
    this.identifierKey = identifierKey;
    this.fingerprint = fingerprint;
    this.customerKey = customerKey;
    this.timeMillis = timeMillis;
    this.deviceTimeMillis = deviceTimeMillis;
    this.bytes = bytes;
  }

  /** Writes an event. */
  public static EncodedEvent of(BehaviorEvent event) {
    DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
    try {
      EventCodec.INSTANCE.encode(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes whatever is written", e);
    }
    String identifierKey = Deduplicator.key(event);
    return new EncodedEvent(
        identifierKey,
        Deduplicator.fingerprint(identifierKey, event),
        event.customer().asText(),
        event.eventTime().toEpochMilli(),
        event.deviceTime().toEpochMilli(),
        out.getCopyOfBuffer());
  }

  /** Reads the event. */
  public BehaviorEvent event() {
    try {
      return EventCodec.INSTANCE.decode(new DataInputDeserializer(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("An event on its way can't be read", e);
    }
  }

  /** Without what only those need who look for copies. */
  public EncodedEvent unique() {
    return new EncodedEvent(null, null, customerKey, timeMillis, deviceTimeMillis, bytes);
  }

  /** Under which its copies meet; null once it is known to be none. */
  public String identifierKey() {
    return identifierKey;
  }

  /** Of its id; null once it is known to be no copy. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Of the customer that it is of. */
  public String customerKey() {
    return customerKey;
  }

  /** Event time, epoch milliseconds. */
  public long timeMillis() {
    return timeMillis;
  }

  /** The device's time, epoch milliseconds. */
  public long deviceTimeMillis() {
    return deviceTimeMillis;
  }

  /** The event in its binary form; not copied, never changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedEvent that
        && Objects.equals(identifierKey, that.identifierKey)
        && Objects.equals(fingerprint, that.fingerprint)
        && customerKey.equals(that.customerKey)
        && timeMillis == that.timeMillis
        && deviceTimeMillis == that.deviceTimeMillis
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes of " + timeMillis;
  }

  private static final class Waiting implements Buffering<EncodedEvent> {

    @Override
    public TypeSerializer<EncodedEvent> serializer() {
      return EncodedEventSerializer.INSTANCE;
    }

    @Override
    public long eventTimeMillis(EncodedEvent event) {
      return event.timeMillis;
    }

    @Override
    public int heapBytes(EncodedEvent event) {
      int identifier = event.identifierKey == null ? 0 : event.identifierKey.length();
      return OBJECTS_BYTES + event.bytes.length + event.customerKey.length() + identifier;
    }
  }
}
