package io.customerpulse.local.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a local cluster is like.
 *
 * @param brokerPort of Kafka
 * @param webPort of the JobManager's web interface and REST API
 * @param rpcPort by which TaskManagers find the JobManager
 * @param taskManagers processes, 1 to {@value #MAX_TASK_MANAGERS}
 * @param slots of each TaskManager, 1 to {@value #MAX_SLOTS}
 * @param partitions of topics that are created
 */
public record ClusterSettings(
    @JsonProperty("broker_port") int brokerPort,
    @JsonProperty("web_port") int webPort,
    @JsonProperty("rpc_port") int rpcPort,
    @JsonProperty("task_managers") int taskManagers,
    int slots,
    int partitions) {
  static final int MAX_TASK_MANAGERS = 8;
  static final int MAX_SLOTS = 16;
  static final int MAX_PARTITIONS = 120;

  /** What a cluster is like unless something else is said. */
  public static final ClusterSettings DEFAULTS = new ClusterSettings(9092, 8081, 6123, 1, 4, 4);

  /** Where its broker is, as Kafka clients want to know it. */
  public String bootstrapServers() {
    return LocalCluster.HOST + ":" + brokerPort;
  }

  /** Where its web interface and REST API are. */
  public String url() {
    return "http://" + LocalCluster.HOST + ":" + webPort;
  }
}
