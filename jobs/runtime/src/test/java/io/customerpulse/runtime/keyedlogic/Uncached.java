package io.customerpulse.runtime.keyedlogic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The same logic without cache, backend or timers: two maps, gone through again and again. */
final class Uncached {
  private final Tally tally = new Tally();
  private final Map<String, String> states = new TreeMap<>();
  private final Map<String, Instant> wakes = new TreeMap<>();
  private final boolean ordered;
  private final List<Tally.Event> waiting = new ArrayList<>();
  private Instant watermark = Instant.MIN;

  /**
   * @param ordered whether events wait for the watermark
   */
  Uncached(boolean ordered) {
    this.ordered = ordered;
  }

  void event(String key, long timeMillis, long wakeAfterMillis) {
    Tally.Event event = new Tally.Event(key, timeMillis, wakeAfterMillis);
    if (!ordered) {
      keep(key, tally.onEvents(key, states.get(key), List.of(event), watermark));
    } else if (Instant.ofEpochMilli(timeMillis).isAfter(watermark)) {
      waiting.add(event);
    } else {
      keep(key, tally.onLateEvent(key, states.get(key), event, watermark));
    }
  }

  void watermark(long millis) {
    watermark = Instant.ofEpochMilli(millis);
    Map<String, List<Tally.Event>> due =
        waiting.stream()
            .filter(event -> event.timeMillis() <= millis)
            .collect(Collectors.groupingBy(Tally.Event::key));
    due.forEach(
        (key, events) -> keep(key, tally.onEvents(key, states.get(key), events, watermark)));
    waiting.removeIf(event -> event.timeMillis() <= millis);
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
