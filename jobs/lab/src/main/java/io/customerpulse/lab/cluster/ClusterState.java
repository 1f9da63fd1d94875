package io.customerpulse.lab.cluster;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.flink.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a local cluster was started with, and its processes. */
record ClusterState(ClusterSettings settings, List<ManagedProcess> processes) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  ClusterState {
    processes = List.copyOf(processes);
  }

  static Optional<ClusterState> read(ClusterFolder folder) {
    if (!Files.exists(folder.state())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(folder.state().toFile(), ClusterState.class));
    } catch (IOException e) {
      throw new IllegalStateException(
          folder.state() + " cannot be read: " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  /** Replaces the file as a whole, so that no reader sees half of it. */
  void write(ClusterFolder folder) throws IOException {
    Path draft = folder.state().resolveSibling("cluster.json.draft");
    JSON.writeValue(draft.toFile(), this);
    Files.move(draft, folder.state(), StandardCopyOption.REPLACE_EXISTING);
  }

  ClusterState with(ManagedProcess process) {
    List<ManagedProcess> all = new ArrayList<>(processes);
    all.removeIf(other -> other.role().equals(process.role()));
    all.add(process);
    return new ClusterState(settings, all);
  }

  Optional<ManagedProcess> process(String role) {
    return processes.stream().filter(process -> process.role().equals(role)).findFirst();
  }

  boolean isAlive(String role) {
    return process(role).filter(ManagedProcess::isAlive).isPresent();
  }

  boolean anyAlive() {
    return processes.stream().anyMatch(ManagedProcess::isAlive);
  }
}
