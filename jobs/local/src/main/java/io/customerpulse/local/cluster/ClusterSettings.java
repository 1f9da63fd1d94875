package io.customerpulse.local.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

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

  /**
   * A cluster beside others: on ports that are free now.
   *
   * @throws IOException if the system has none
   */
  public static ClusterSettings onFreePorts(int taskManagers, int slots, int partitions)
      throws IOException {
    return new ClusterSettings(freePort(), freePort(), freePort(), taskManagers, slots, partitions);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      return socket.getLocalPort();
    }
  }

  /** Where its broker is, as Kafka clients want to know it. */
  public String bootstrapServers() {
    return LocalCluster.HOST + ":" + brokerPort;
  }

  /** Where its web interface and REST API are. */
  public String url() {
    return "http://" + LocalCluster.HOST + ":" + webPort;
  }
}
