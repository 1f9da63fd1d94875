package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same logic without cache, backend or timers: two maps, gone through again and again. */
final class Uncached {
  private final Tally tally = new Tally();
  private final Map<String, String> states = new TreeMap<>();
  private final Map<String, Instant> wakes = new TreeMap<>();
  private Instant watermark = Instant.MIN;

  void event(String key, long timeMillis, long wakeAfterMillis) {
    Tally.Event event = new Tally.Event(key, timeMillis, wakeAfterMillis);
    keep(key, tally.onEvent(key, states.get(key), event, watermark));
  }

  void watermark(long millis) {
    watermark = Instant.ofEpochMilli(millis);
    for (String key : List.copyOf(wakes.keySet())) {
      if (!wakes.get(key).isAfter(watermark)) {
        keep(key, tally.onTimer(key, states.get(key), watermark));
      }
    }
  }

  private void keep(String key, Decision<String, String> decision) {
    states.remove(key);
    wakes.remove(key);
    if (decision.next() != null) {
      states.put(key, decision.next());
    }
    if (decision.nextTimer() != null) {
      wakes.put(key, decision.nextTimer());
    }
  }

  /** Key → what is remembered of it. */
  Map<String, String> states() {
    return states;
  }

  /** Key → when it is to be woken, in epoch milliseconds; without those that aren't. */
  Map<String, Long> wakes() {
    Map<String, Long> millis = new TreeMap<>();
    wakes.forEach((key, wake) -> millis.put(key, wake.toEpochMilli()));
    return millis;
  }
}
