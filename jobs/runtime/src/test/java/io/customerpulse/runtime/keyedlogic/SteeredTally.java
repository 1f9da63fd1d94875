package io.customerpulse.runtime.keyedlogic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Wakes every key at the instant that the control {@code alarm} names, if it has not passed, and
 * tells what the other controls say whenever it decides.
 */
final class SteeredTally implements Decider<String, Tally.Event, String> {
  private final String settings;

  private transient Map<String, String> controls;

  SteeredTally(String settings) {
    this.settings = settings;
  }

  @Override
  public void open() {
    controls = new TreeMap<>();
  }

  @Override
  public void onControl(Control control) {
    if (control.value() == null) {
      controls.remove(control.key());
    } else {
      controls.put(control.key(), new String(control.value(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public String fingerprint() {
    return settings + controls.get("alarm");
  }

  @Override
  public Verdict<String, String> onEvent(
      String key, String state, Tally.Event event, Instant watermark) {
    String next = (state == null ? "" : state) + "e" + event.timeMillis() + " ";
    return verdict(next, watermark, List.of(key + ": " + next + told()));
  }

  @Override
  public Verdict<String, String> onWake(String key, String state, Instant watermark) {
    long alarm = alarm().toEpochMilli();
    if (alarm().isAfter(watermark) || state.contains("a" + alarm)) {
      return verdict(state, watermark, List.of());
    }
    String next = state + "a" + alarm + " ";
    return verdict(next, watermark, List.of(key + ": " + next + told()));
  }

  private Verdict<String, String> verdict(String next, Instant watermark, List<String> outputs) {
    return new Verdict<>(next, outputs, alarm().isAfter(watermark) ? alarm() : null);
  }

  private Instant alarm() {
    return Instant.ofEpochMilli(Long.parseLong(controls.getOrDefault("alarm", "1000000")));
  }

  private String told() {
    Map<String, String> others = new TreeMap<>(controls);
    others.remove("alarm");
    return others.isEmpty() ? "" : others.toString();
  }
}
