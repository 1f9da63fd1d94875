package io.customerpulse.lab.cluster;

import io.customerpulse.client.flink.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** The configuration of Flink's processes, and how they are called with it. */
final class FlinkConf {
  static final String LOGGING = "log4j2.properties";

  private static final String PROMETHEUS = "prometheus";
  private static final String REPORTER = "metrics.reporter." + PROMETHEUS + '.';

  /** By its name: it stands in the processes of the cluster, not in this one. */
  private static final String REPORTER_FACTORY =
      "org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter$Factory";

  static final String JOB_MANAGER_CLASS = StandaloneSessionClusterEntrypoint.class.getName();
  static final String TASK_MANAGER_CLASS = TaskManagerRunner.class.getName();

  private final ClusterFolder folder;
  private final ClusterSettings settings;
  private final Configuration configuration;

  private FlinkConf(ClusterFolder folder, ClusterSettings settings, Configuration configuration) {
    this.folder = folder;
    this.settings = settings;
    this.configuration = configuration;
  }

  /**
   * Writes what Flink reads: the product's configuration with the ports and folders of a cluster.
   *
   * @param base config/flink
   * @param more keys of Flink that differ
   */
  static FlinkConf write(
      Path base, ClusterFolder folder, ClusterSettings settings, Map<String, String> more)
      throws IOException {
    Configuration configuration = GlobalConfiguration.loadConfiguration(base.toString());
    configuration.set(RestOptions.PORT, settings.webPort());
    configuration.set(RestOptions.BIND_PORT, String.valueOf(settings.webPort()));
    configuration.set(JobManagerOptions.PORT, settings.rpcPort());
    configuration.set(JobManagerOptions.RPC_BIND_PORT, settings.rpcPort());
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.slots());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.checkpoints().toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, folder.savepoints().toUri().toString());
    configuration.set(WebOptions.TMP_DIR, folder.tmp(LocalCluster.JOB_MANAGER).toString());
    if (settings.showsMetrics()) {
      configuration.set(MetricOptions.REPORTERS_LIST, PROMETHEUS);
      configuration.setString(REPORTER + "factory.class", REPORTER_FACTORY);
    }
    more.forEach(configuration::setString);
    Files.createDirectories(folder.flinkConf());
    Files.write(
        folder.flinkConf().resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
        ConfigurationUtils.convertConfigToWritableLines(configuration, true));
    Files.copy(
        base.resolve(LOGGING),
        folder.flinkConf().resolve(LOGGING),
        StandardCopyOption.REPLACE_EXISTING);
    return new FlinkConf(folder, settings, configuration);
  }

  List<String> jobManagerJvm() {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    return jvm(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration));
  }

  List<String> jobManagerArguments() {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> arguments = arguments(LocalCluster.JOB_MANAGER);
    arguments.addAll(List.of("--executionMode", "cluster"));
    arguments.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    return arguments;
  }

  List<String> taskManagerJvm() {
    return jvm(ProcessMemoryUtils.generateJvmParametersStr(taskManagerMemory()));
  }

  List<String> taskManagerArguments(String role) {
    List<String> arguments = arguments(role);
    arguments.addAll(
        words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManagerMemory())));
    arguments.addAll(define(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key(), role));
    return arguments;
  }

  private TaskExecutorProcessSpec taskManagerMemory() {
    return TaskExecutorProcessUtils.processSpecFromConfig(configuration);
  }

  private List<String> jvm(String memory) {
    List<String> options = words(memory);
    options.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
    return options;
  }

  private List<String> arguments(String role) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--configDir", folder.flinkConf().toString()));
    if (settings.showsMetrics()) {
      arguments.addAll(define(REPORTER + "port", String.valueOf(settings.metricsPort(role))));
    }
    arguments.addAll(define(CoreOptions.TMP_DIRS.key(), folder.tmp(role).toString()));
    return arguments;
  }

  private static List<String> define(String key, String value) {
    return List.of("-D", key + '=' + value);
  }

  private static List<String> words(String text) {
    return new ArrayList<>(List.of(text.strip().split("\\s+")));
  }
}
