package io.customerpulse.lab.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/**
 * What a local cluster is like.
 *
 * @param brokerPort of Kafka
 * @param webPort of the JobManager's web interface and REST API
 * @param rpcPort by which TaskManagers find the JobManager
 * @param metricsPort where the JobManager shows its metrics to Prometheus; TaskManagers do so on
 *     the following ports; 0 where nobody does
 * @param taskManagers processes, 1 to {@value #MAX_TASK_MANAGERS}
 * @param slots of each TaskManager, 1 to {@value #MAX_SLOTS}
 * @param partitions of topics that are created
 */
public record ClusterSettings(
    @JsonProperty("broker_port") int brokerPort,
    @JsonProperty("web_port") int webPort,
    @JsonProperty("rpc_port") int rpcPort,
    @JsonProperty("metrics_port") int metricsPort,
    @JsonProperty("task_managers") int taskManagers,
    int slots,
    int partitions) {
  private static final int NO_METRICS = 0;

  static final int MAX_TASK_MANAGERS = 8;
  static final int MAX_SLOTS = 16;
  static final int MAX_PARTITIONS = 120;

  /** What a cluster is like unless something else is said. */
  public static final ClusterSettings DEFAULTS =
      new ClusterSettings(9092, 8081, 6123, 9249, 1, 4, 4);

  /**
   * A cluster beside others: on ports that are free now.
   *
   * @throws IOException if the system has none
   */
  public static ClusterSettings onFreePorts(int taskManagers, int slots, int partitions)
      throws IOException {
    return new ClusterSettings(
        freePort(), freePort(), freePort(), NO_METRICS, taskManagers, slots, partitions);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      return socket.getLocalPort();
    }
  }

  boolean showsMetrics() {
    return metricsPort > 0;
  }

  /** Where a process of Flink shows its metrics. */
  int metricsPort(String role) {
    return role.equals(LocalCluster.JOB_MANAGER)
        ? metricsPort
        : metricsPort + LocalCluster.numberOf(role);
  }

  /** Where all processes of Flink show their metrics. */
  String metricsUrls() {
    return String.format(
        Locale.ROOT,
        "http://%s:%d to %d",
        LocalCluster.HOST,
        metricsPort,
        metricsPort + taskManagers);
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
