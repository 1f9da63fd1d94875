package io.customerpulse.runtime.keyedlogic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Wakes every key at the instant that the broadcast record {@code alarm} names, if it has not
 * passed, and tells what the other broadcast records say whenever it decides.
 */
final class BroadcastTally implements KeyedLogic<String, Tally.Event, String> {
  private final String settings;

  private transient Map<String, String> broadcastRecords;

  BroadcastTally(String settings) {
    this.settings = settings;
  }

  @Override
  public void open() {
    broadcastRecords = new TreeMap<>();
  }

  @Override
  public void onBroadcastRecord(BroadcastRecord broadcastRecord) {
    if (broadcastRecord.value() == null) {
      broadcastRecords.remove(broadcastRecord.key());
    } else {
      broadcastRecords.put(
          broadcastRecord.key(), new String(broadcastRecord.value(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public String fingerprint() {
    return settings + broadcastRecords.get("alarm");
  }

  @Override
  public Decision<String, String> onEvents(
      String key, String state, List<Tally.Event> events, Instant watermark) {
    String next = (state == null ? "" : state) + "e" + events.get(0).timeMillis() + " ";
    return decision(next, watermark, List.of(key + ": " + next + told()));
  }

  @Override
  public Decision<String, String> onTimer(String key, String state, Instant watermark) {
    long alarm = alarm().toEpochMilli();
    if (alarm().isAfter(watermark) || state.contains("a" + alarm)) {
      return decision(state, watermark, List.of());
    }
    String next = state + "a" + alarm + " ";
    return decision(next, watermark, List.of(key + ": " + next + told()));
  }

  private Decision<String, String> decision(String next, Instant watermark, List<String> outputs) {
    return new Decision<>(next, outputs, alarm().isAfter(watermark) ? alarm() : null);
  }

  private Instant alarm() {
    return Instant.ofEpochMilli(Long.parseLong(broadcastRecords.getOrDefault("alarm", "1000000")));
  }

  private String told() {
    Map<String, String> others = new TreeMap<>(broadcastRecords);
    others.remove("alarm");
    return others.isEmpty() ? "" : others.toString();
  }
}
