package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A logic that remembers all it was told and wakes a time after each event, so that a test sees
 * every event and wake that was lost, doubled or out of place.
 */
final class Tally implements KeyedLogic<String, Tally.Event, String> {
  private static final int FORGET_AFTER_WAKES = 3;

  /** How events wait, where they do. */
  static final Buffering<Event> BUFFERING = new Waiting();

  /** An event asks for a wake so long after its own time; zero for none. */
  record Event(String key, long timeMillis, long wakeAfterMillis) {}

  /** The last event says when it wakes. */
  @Override
  public Decision<String, String> onEvents(
      String key, String state, List<Event> events, Instant watermark) {
    StringBuilder seen = new StringBuilder(state == null ? "" : state);
    Instant wake = null;
    for (Event event : inOrder(events)) {
      seen.append('e').append(event.timeMillis()).append(' ');
      Instant asked = Instant.ofEpochMilli(event.timeMillis() + event.wakeAfterMillis());
      wake = event.wakeAfterMillis() > 0 && asked.isAfter(watermark) ? asked : null;
    }
    return new Decision<>(seen.toString(), List.of(key + ": " + seen), wake);
  }

  @Override
  public Decision<String, String> onLateEvent(
      String key, String state, Event event, Instant watermark) {
    Decision<String, String> decision = onEvents(key, state, List.of(event), watermark);
    String seen = decision.next().replaceFirst("e(-?\\d+) $", "l$1 ");
    return new Decision<>(seen, List.of(key + ": " + seen), decision.nextTimer());
  }

  /** The buffer leaves events of one instant in any order. */
  private static List<Event> inOrder(List<Event> events) {
    return events.stream()
        .sorted(
            Comparator.comparingLong(Event::timeMillis).thenComparingLong(Event::wakeAfterMillis))
        .toList();
  }

  @Override
  public Decision<String, String> onTimer(String key, String state, Instant watermark) {
    String seen = state + "w" + watermark.toEpochMilli() + " ";
    List<String> outputs = new ArrayList<>();
    outputs.add(key + ": " + seen);
    if (seen.chars().filter(c -> c == 'w').count() >= FORGET_AFTER_WAKES) {
      outputs.add(key + ": forgotten");
      return new Decision<>(null, outputs, null);
    }
    return new Decision<>(seen, outputs, watermark.plus(Duration.ofMillis(700)));
  }

  private static final class Waiting implements Buffering<Event> {

    @Override
    public TypeSerializer<Event> serializer() {
      return EventSerializer.INSTANCE;
    }

    @Override
    public long eventTimeMillis(Event event) {
      return event.timeMillis();
    }

    @Override
    public int heapBytes(Event event) {
      return 1;
    }
  }

  private static final class EventSerializer extends TypeSerializerSingleton<Event> {
    static final EventSerializer INSTANCE = new EventSerializer();

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Event createInstance() {
      return null;
    }

    @Override
    public Event copy(Event from) {
      return from;
    }

    @Override
    public Event copy(Event from, Event reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(Event event, DataOutputView out) throws IOException {
      out.writeUTF(event.key());
      out.writeLong(event.timeMillis());
      out.writeLong(event.wakeAfterMillis());
    }

    @Override
    public Event deserialize(DataInputView in) throws IOException {
      return new Event(in.readUTF(), in.readLong(), in.readLong());
    }

    @Override
    public Event deserialize(Event reuse, DataInputView in) throws IOException {
      return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
      serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
      throw new UnsupportedOperationException("Events wait within chunks, whose form is bytes");
    }
  }
}
