package io.customerpulse.behavior.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.runtime.environment.StateSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Settings of where the jobs keep what they know. */
final class StateKeys {
  private static final Key<String> BACKEND =
      Key.of(
          "backend",
          ValueType.choice(Map.of("rocksdb", "rocksdb", "hashmap", "hashmap")),
          "rocksdb",
          "where state lives: on disk, where it may be larger than memory, or on the heap",
          "`rocksdb`, `hashmap`");

  private static final Key<Duration> CHECKPOINT_INTERVAL =
      BoundedKeys.duration(
          "checkpoint_interval",
          Duration.ofMillis(100),
          Duration.ofDays(1),
          Duration.ofSeconds(10),
          "how often the jobs save where they are. What they write becomes visible at that pace");

  private static final Key<URI> CHECKPOINT_DIR =
      Key.of(
              "checkpoint_dir",
              new ValueType<>(
                      "a URI such as file:///var/lib/… or s3://bucket/…", StateKeys::absolute)
                  .orNone(null),
              (URI) null,
              "where to; every task manager must reach it. `none`: what the cluster says",
              "a URI, `none`")
          .described("`none`", "a URI, `none`");

  static final SectionKeys STATE =
      SectionKeys.of("state", BACKEND, CHECKPOINT_INTERVAL, CHECKPOINT_DIR);

  private StateKeys() {}

  static StateSettings read(Section root) {
    Section section = STATE.in(root);
    URI checkpointDir = CHECKPOINT_DIR.read(section);
    StateSettings state =
        new StateSettings(
            BACKEND.read(section),
            CHECKPOINT_INTERVAL.read(section),
            checkpointDir == null ? null : checkpointDir.toString());
    section.refuseUnknownKeys();
    return state;
  }

  private static URI absolute(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("has no scheme");
    }
    return uri;
  }
}
