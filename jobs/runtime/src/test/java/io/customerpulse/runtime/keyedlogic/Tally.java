package io.customerpulse.runtime.keyedlogic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A logic that remembers all it was told and wakes a time after each event, so that a test sees
 * every event and wake that was lost, doubled or out of place.
 */
final class Tally implements KeyedLogic<String, Tally.Event, String> {
  private static final int FORGET_AFTER_WAKES = 3;

  /** An event asks for a wake so long after its own time; zero for none. */
  record Event(String key, long timeMillis, long wakeAfterMillis) {}

  @Override
  public Decision<String, String> onEvent(
      String key, String state, Event event, Instant watermark) {
    String seen = (state == null ? "" : state) + "e" + event.timeMillis() + " ";
    Instant wake = Instant.ofEpochMilli(event.timeMillis() + event.wakeAfterMillis());
    boolean wakes = event.wakeAfterMillis() > 0 && wake.isAfter(watermark);
    return new Decision<>(seen, List.of(key + ": " + seen), wakes ? wake : null);
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
}
