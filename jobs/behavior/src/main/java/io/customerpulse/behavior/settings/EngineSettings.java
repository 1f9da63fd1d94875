package io.customerpulse.behavior.settings;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.StateSettings;
import io.customerpulse.runtime.kafka.KafkaSettings;
import io.customerpulse.runtime.kafka.OnLostPosition;

/** What the engine's library is told of the settings. */
public final class EngineSettings {
  private EngineSettings() {}

  /** The broker. */
  public static KafkaSettings of(Settings.Kafka kafka) {
    return new KafkaSettings(
        kafka.bootstrapServers(),
        kafka.properties(),
        OnLostPosition.valueOf(kafka.onLostPosition().name()),
        kafka.topics());
  }

  /** Where the jobs keep what they know. */
  public static StateSettings of(Settings.State state) {
    return new StateSettings(state.backend(), state.checkpointInterval(), state.checkpointDir());
  }
}
