package io.customerpulse.behavior.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.runtime.kafka.OnLostPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentSettingsReaderTest {
  private static final Path CONFIG = Path.of("..", "..", "config");

  private final DeploymentSettingsReader reader =
      new DeploymentSettingsReader(Map.of("SECRET", "s3$cret")::get);

  @Test
  void referenceFileSaysTheDefaults() {
    DeploymentSettings settings = reader.read(CONFIG.resolve("reference.yaml"));

    assertThat(settings).isEqualTo(DeploymentSettingsReader.defaults());
    assertThat(settings.domain()).isEqualTo(SettingsReader.defaults());
  }

  @Test
  void anEmptyFileSaysTheDefaults() {
    assertThat(reader.read("empty.yaml", "# nothing\n"))
        .isEqualTo(DeploymentSettingsReader.defaults());
  }

  @Test
  void minimalFileLoads() {
    DeploymentSettings settings = reader.read(CONFIG.resolve("minimal.yaml"));

    assertThat(settings.domain().tenant("any"))
        .isEqualTo(new Settings.Tenant(ZoneId.of("Europe/London"), Currency.getInstance("GBP")));
  }

  @Test
  void everyTopicOfTheContractHasItsNameThere() {
    assertThat(DeploymentSettingsReader.defaults().kafka().topics().keySet())
        .containsExactlyElementsOf(List.of(Topic.values()).stream().map(Topic::wireName).toList());
  }

  @Test
  void laysItsKeysOverTheDefaults() {
    DeploymentSettings settings =
        reader.read(
            "x.yaml",
            """
            time: {zone: UTC}
            kafka: {topics: {dead-letters: shop.dead}, on_lost_position: earliest}
            state: {checkpoint_dir: "s3://bucket/checkpoints"}
            tables: {warehouse: "s3://bucket/warehouse", iceberg: true, time_travel: 1d}
            """);

    assertThat(settings.domain().time().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(settings.tables())
        .isEqualTo(
            new TablesSettings("s3://bucket/warehouse", 16, Duration.ofDays(1), true, Map.of()));
    assertThat(settings.kafka().onLostPosition()).isEqualTo(OnLostPosition.EARLIEST);
    assertThat(settings.kafka().topic("dead-letters")).isEqualTo("shop.dead");
    assertThat(settings.kafka().topic("behavior-events")).isEqualTo("behavior-events");
    assertThat(settings.state().checkpointDir()).isEqualTo("s3://bucket/checkpoints");
  }

  @Test
  void reportsAllProblemsTogetherInTheOrderOfTheFile() {
    assertThat(
            problems(
                """
                tables: {buckets: few}
                kafka:
                  bootstrap_server: shop:9092
                rfm: {high: 9}
                tabels: {warehouse: /tmp}
                """))
        .extracting(Problem::toString)
        .containsExactly(
            "x.yaml:1: tables.buckets: 'few' is not allowed; allowed: a whole number from 1 to"
                + " 1024",
            "x.yaml:3: kafka.bootstrap_server: is no known key; did you mean bootstrap_servers?;"
                + " allowed: bootstrap_servers, max_drift, on_lost_position, properties, topics",
            "x.yaml:4: rfm.high: '9' is not allowed; allowed: a whole number from 2 to 5",
            "x.yaml:5: tabels: is no known key; did you mean tables?; allowed: dedup, identity,"
                + " kafka, lifecycle, money, orders, rfm, state, tables, tenants, time, triggers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka: {bootstrap_servers: localhost} | kafka.bootstrap_servers",
        "kafka: {on_lost_position: latest} | kafka.on_lost_position",
        "kafka: {topics: {behaviour-events: x}} | kafka.topics.behaviour-events",
        "kafka: {topics: {dead-letters: 'a/b'}} | kafka.topics.dead-letters",
        "kafka: {topics: {dead-letters: trigger-rules}} | kafka.topics.dead-letters",
        "kafka: {properties: {isolation.level: x}} | kafka.properties.isolation.level",
        "kafka: {properties: {a: '${ABSENT}'}} | kafka.properties.a",
        "kafka: {properties: {a: [1]}} | kafka.properties.a",
        "state: {backend: forst} | state.backend",
        "state: {checkpoint_interval: 1ms} | state.checkpoint_interval",
        "state: {checkpoint_dir: relative/path} | state.checkpoint_dir",
        "tables: {buckets: 0} | tables.buckets",
        "tables: {time_travel: 1s} | tables.time_travel",
        "tables: {properties: {warehouse: x}} | tables.properties.warehouse"
      })
  void refusesWhatIsNotAllowed(String yaml, String key) {
    assertThat(problems(yaml)).extracting(Problem::key).containsExactly(key);
  }

  @Test
  void takesSecretsFromTheEnvironmentAndNeverShowsThem() {
    DeploymentSettings settings =
        reader.read("x.yaml", "kafka: {properties: {sasl.jaas.config: 'password=${SECRET};'}}");

    assertThat(settings.kafka().properties())
        .isEqualTo(Map.of("sasl.jaas.config", "password=s3$cret;"));
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("s3$cret");
    assertThat(problems("kafka: {properties: {a: 'plain-secret ${ABSENT}'}}").toString())
        .contains("ABSENT")
        .doesNotContain("plain-secret");
  }

  @Test
  void travels() throws IOException, ClassNotFoundException {
    DeploymentSettings settings = reader.read(CONFIG.resolve("reference.yaml"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
  }

  private List<Problem> problems(String yaml) {
    ConfigurationException refusal =
        catchThrowableOfType(ConfigurationException.class, () -> reader.read("x.yaml", yaml));
    assertThat(refusal).as("nothing was refused").isNotNull();
    return refusal.problems();
  }
}
