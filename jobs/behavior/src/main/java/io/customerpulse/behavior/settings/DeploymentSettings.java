package io.customerpulse.behavior.settings;

import io.customerpulse.domain.settings.Settings;
import io.customerpulse.runtime.environment.StateSettings;
import io.customerpulse.runtime.kafka.KafkaSettings;
import java.io.Serializable;

/**
 * Everything that a deployment can set, read once, validated as a whole and never changed: what
 * words mean, and where things are. The keys and defaults stand in config/reference.yaml.
 */
public record DeploymentSettings(
    Settings domain, KafkaSettings kafka, StateSettings state, TablesSettings tables)
    implements Serializable {

  /** A URI of where checkpoints go; null for what the cluster is configured with. */
  public String checkpointDir() {
    return state.checkpointDir();
  }

  /** The same, but things mean something else. */
  public DeploymentSettings with(Settings otherDomain) {
    return new DeploymentSettings(otherDomain, kafka, state, tables);
  }

  /** The same with the tables at another place. */
  public DeploymentSettings withWarehouse(String warehouse) {
    return new DeploymentSettings(domain, kafka, state, tables.at(warehouse));
  }
}
