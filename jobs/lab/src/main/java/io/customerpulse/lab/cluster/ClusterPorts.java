package io.customerpulse.lab.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ports of a cluster that is about to start: each its own, and none of another program. */
final class ClusterPorts {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private ClusterPorts() {}

  /**
   * Looks at the ports of the processes that are to be started.
   *
   * @param starting their roles
   * @throws IllegalStateException naming every port that is taken or used twice, with its option
   */
  static void check(ClusterSettings settings, List<String> starting) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    if (starting.contains(LocalCluster.BROKER)) {
      wanted.put("--broker-port", settings.brokerPort());
    }
    if (starting.contains(LocalCluster.JOB_MANAGER)) {
      wanted.put("--web-port", settings.webPort());
      wanted.put("--rpc-port", settings.rpcPort());
    }
    if (settings.showsMetrics()) {
      for (String role : starting) {
        if (!role.equals(LocalCluster.BROKER)) {
          wanted.put("--metrics-port (" + role + ")", settings.metricsPort(role));
        }
      }
    }
    Set<Integer> seen = new HashSet<>();
    List<String> problems = new ArrayList<>();
    wanted.forEach(
        (option, port) -> {
          if (!seen.add(port)) {
            problems.add(option + ": " + port + " is used twice");
          } else if (!isFree(port)) {
            problems.add(option + ": " + port + " is taken by another program; choose another");
          }
        });
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
