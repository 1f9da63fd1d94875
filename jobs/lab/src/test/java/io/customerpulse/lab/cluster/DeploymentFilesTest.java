package io.customerpulse.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.submit.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under config/ that a cluster is run with are what the programs that read them take. */
class DeploymentFilesTest {
  private static final Path HOME = Path.of("../..");
  private static final Path FLINK = HOME.resolve("config/flink");
  private static final ObjectMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void everythingOfFlinkListensOnThisMachineAlone() {
    Configuration flink = GlobalConfiguration.loadConfiguration(FLINK.toString());

    assertThat(flink.get(JobManagerOptions.ADDRESS)).isEqualTo("127.0.0.1");
    assertThat(flink.get(JobManagerOptions.BIND_HOST)).isEqualTo("127.0.0.1");
    assertThat(flink.get(TaskManagerOptions.HOST)).isEqualTo("127.0.0.1");
    assertThat(flink.get(TaskManagerOptions.BIND_HOST)).isEqualTo("127.0.0.1");
    assertThat(flink.get(RestOptions.BIND_ADDRESS)).isEqualTo("127.0.0.1");
  }

  @Test
  void memoryIsDividedAsIsSaid() throws IOException {
    ClusterFolder cluster = new ClusterFolder(folder);
    FlinkConf conf = FlinkConf.write(FLINK, cluster, ClusterSettings.DEFAULTS, Map.of());
    Configuration written = GlobalConfiguration.loadConfiguration(cluster.flinkConf().toString());

    assertThat(written.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY))
        .isEqualTo(MemorySize.ofMebiBytes(1728));
    assertThat(conf.taskManagerJvm()).anyMatch(option -> option.startsWith("-Xmx"));
    assertThat(conf.jobManagerJvm()).anyMatch(option -> option.startsWith("-Xmx"));
    assertThat(conf.taskManagerJvm()).contains("--add-opens=java.base/java.nio=ALL-UNNAMED");
    assertThat(conf.taskManagerArguments("taskmanager-1"))
        .contains("taskmanager.resource-id=taskmanager-1")
        .anyMatch(argument -> argument.startsWith("taskmanager.memory.managed.size="));
  }

  @Test
  void everyProcessOfFlinkShowsItsMetricsOnAPortOfItsOwn() throws IOException {
    ClusterFolder cluster = new ClusterFolder(folder);
    FlinkConf conf = FlinkConf.write(FLINK, cluster, ClusterSettings.DEFAULTS, Map.of());
    Configuration written = GlobalConfiguration.loadConfiguration(cluster.flinkConf().toString());

    assertThat(written.get(MetricOptions.REPORTERS_LIST)).isEqualTo("prometheus");
    assertThat(written.getString("metrics.reporter.prometheus.factory.class", ""))
        .isEqualTo(LoopbackPrometheusReporter.Factory.class.getName());
    assertThat(conf.jobManagerArguments()).contains("metrics.reporter.prometheus.port=9249");
    assertThat(conf.taskManagerArguments("taskmanager-2"))
        .contains("metrics.reporter.prometheus.port=9251");
  }

  @Test
  void keysThatDifferAreLaidOverTheProductsOwn() throws IOException {
    ClusterFolder cluster = new ClusterFolder(folder);
    FlinkConf.write(
        FLINK,
        cluster,
        ClusterSettings.DEFAULTS,
        Map.of("taskmanager.memory.process.size", "1300m"));

    assertThat(
            GlobalConfiguration.loadConfiguration(cluster.flinkConf().toString())
                .get(TaskManagerOptions.TOTAL_PROCESS_MEMORY))
        .isEqualTo(MemorySize.ofMebiBytes(1300));
  }

  @Test
  void theManifestForKubernetesNamesWhatThereIs() throws IOException {
    JsonNode manifest = yaml(HOME.resolve("config/kubernetes/behavior.yaml"));

    assertThat(manifest.at("/kind").asText()).isEqualTo("FlinkDeployment");
    assertThat(manifest.at("/spec/flinkVersion").asText()).isEqualTo("v2_3");
    assertThat(manifest.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
    String main = manifest.at("/spec/job/entryClass").asText();
    assertThat(main).isEqualTo(JobKind.BEHAVIOR.mainClass());
    assertThatCode(() -> Class.forName(main).getMethod("main", String[].class))
        .doesNotThrowAnyException();
    // Every key is one that Flink reads as what it is.
    Configuration flink = new Configuration();
    manifest
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(key -> flink.setString(key.getKey(), key.getValue().asText()));
    assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(2);
  }

  private static JsonNode yaml(Path file) throws IOException {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    return JSON.valueToTree(tree);
  }
}
