package io.customerpulse.client.flink;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a local cluster keeps what: all of it under one folder. */
public record ClusterFolder(Path root) {
  private static final JsonMapper JSON = new JsonMapper();

  public ClusterFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The cluster that the scripts speak of unless they are told of another. */
  public static ClusterFolder standard(Installation installation) {
    return new ClusterFolder(installation.run("cluster"));
  }

  /** Settings of the product that lead to this cluster's broker. */
  public Path config() {
    return root.resolve("config.yaml");
  }

  /** The output tables, once the tables job runs here. */
  public Path warehouse() {
    return root.resolve("warehouse");
  }

  /** Checkpoints of all jobs, a folder for each job id. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Savepoints of all jobs. */
  public Path savepoints() {
    return root.resolve("savepoints");
  }

  /** What the processes say, a file for each. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The web address of the cluster that was started here last; empty if none ever was. */
  public Optional<URI> webAddress() {
    if (!Files.exists(state())) {
      return Optional.empty();
    }
    try {
      int port = JSON.readTree(state().toFile()).at("/settings/web_port").asInt();
      return Optional.of(URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new IllegalStateException(
          state() + " cannot be read: " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  public Path state() {
    return root.resolve("cluster.json");
  }

  public Path lock() {
    return root.resolve("lock");
  }

  public Path broker() {
    return root.resolve("broker");
  }

  public Path flinkConf() {
    return root.resolve("conf");
  }

  /** Arguments of a process, and the mark by which it is known again. */
  public Path argumentFile(String role) {
    return root.resolve("args").resolve(role);
  }

  /** Each process has its own, cleared at its start: killed JVMs leave native libraries behind. */
  public Path tmp(String role) {
    return root.resolve("tmp").resolve(role);
  }
}
