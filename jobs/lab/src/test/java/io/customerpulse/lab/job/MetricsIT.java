package io.customerpulse.lab.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.metrics.Metric;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.lab.broker.LocalBroker;
import io.customerpulse.lab.soak.Listening;
import io.customerpulse.schemas.MarketingTriggerRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets to see of the running job: every metric, with its labels. */
@Timeout(300)
class MetricsIT {
  private static final String NAMES = "flink_taskmanager_job_task_operator_" + Metric.GROUP + "_";
  private static final Pattern SAMPLE = Pattern.compile("^(\\w+)\\{(.*)} (\\S+)$");
  private static final Instant START = Instant.parse("2024-03-01T10:00:00Z");
  private static final Duration POLL = Duration.ofMillis(200);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalBroker broker;

  @TempDir private Path directory;

  private int sent;

  /** One line of what the reporter answers. */
  private record Sample(String name, String labels, double value) {}

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void everyMetricIsThereWithItsLabelsAndAValueThatMakesSense(TestInfo test) throws Exception {
    int port = freePort();
    Configuration flink = new Configuration();
    flink.set(MetricOptions.REPORTERS_LIST, "prometheus");
    flink.setString(
        "metrics.reporter.prometheus.factory.class",
        LoopbackPrometheusReporter.Factory.class.getName());
    flink.setString("metrics.reporter.prometheus.port", String.valueOf(port));
    JobUnderTest job =
        JobUnderTest.on(broker, test, directory, "time: {clock: event}")
            .with(
                RuleReader.read(
                    "rules",
                    """
                    rules:
                      - {id: soon, kind: cart_abandonment, steps: [1h, 2h], quiet_hours: none}
                      - {id: unpaid, kind: unpaid_order, quiet_hours: none}
                      - {id: gold, kind: cart_abandonment, steps: [1h], quiet_hours: none,
                         filter: "customer.level == 'gold'"}
                    """));
    try (job) {
      job.start(flink);
      tellOfTheFirstHour(job);
      String triggerId =
          job.read(Topic.MARKETING_TRIGGERS, MarketingTriggerRecord.class, 1)
              .get(0)
              .getTriggerId()
              .toString();
      tellOfTheMessage(job, triggerId);

      Map<Metric, List<Sample>> seen = awaitAll(port);

      if (Listening.canBeTold()) {
        assertThat(Listening.of(ProcessHandle.current().pid()).others())
            .as("ports that are open to other machines")
            .isEmpty();
      }
      seen.forEach(
          (metric, samples) -> {
            for (String label : metric.labels()) {
              assertThat(samples)
                  .as("%s by %s", metric, label)
                  .allMatch(sample -> sample.labels().contains(label + "=\""));
            }
            // A distribution of which there is no sample yet is no number.
            assertThat(samples)
                .filteredOn(sample -> sample.value() < -1)
                .as("%s", metric)
                .isEmpty();
          });
      assertThat(total(seen, Metric.READ)).isEqualTo(sent);
      assertThat(total(seen, Metric.REJECTED)).isEqualTo(1);
      assertThat(total(seen, Metric.DUPLICATES)).isPositive();
      assertThat(total(seen, Metric.OPEN_EPISODES)).isPositive();
      assertThat(seen.get(Metric.REJECTED)).anyMatch(s -> s.labels().contains("code=\"not_json\""));
      assertThat(seen.get(Metric.TRIGGERS))
          .anyMatch(s -> s.labels().contains("rule=\"soon\"") && s.labels().contains("fire"));
      assertThat(seen.get(Metric.SUPPRESSED))
          .anyMatch(s -> s.labels().contains("reason=\"filter_error\""));
      assertThat(seen.get(Metric.STATE_BYTES)).anyMatch(s -> s.value() > 50);
      assertThat(seen.get(Metric.CHECKPOINT_AGE_MILLIS)).anyMatch(s -> s.value() < 60_000);
    }
  }

  /** Carts, an unpaid order, a copy, a record that is no JSON, more carts than are kept. */
  private void tellOfTheFirstHour(JobUnderTest job) {
    send(job, event(0, "anna", "cart", cart("c1")));
    send(job, event(0, "anna", "cart", cart("c1")));
    send(job, "no JSON");
    send(
        job,
        event(
            1,
            "bert",
            "purchase",
            "\"order_id\":\"o1\",\"amount_minor\":5,\"status\":\"created\""));
    for (int i = 0; i < 25; i++) {
      send(job, event(2, "cleo", "cart", cart("c" + i)));
    }
    job.sendToEveryPartition(event(90, "dora", "click", "\"element_id\":\"e\""));
    sent += 2;
  }

  /** And of an order that converts, of one that is late, and of carts that go on waiting. */
  private void tellOfTheMessage(JobUnderTest job, String triggerId) {
    // Of whom the trigger is, doesn't matter: nobody else knows it.
    for (String who : List.of("anna", "bert", "cleo")) {
      String report =
          String.format(Locale.ROOT, "\"trigger_id\":\"%s\",\"status\":\"sent\"", triggerId);
      send(job, event(91, who, "message", report));
    }
    send(job, event(92, "bert", "purchase", "\"order_id\":\"o1\",\"amount_minor\":5"));
    job.sendToEveryPartition(event(100, "dora", "click", "\"element_id\":\"f\""));
    sent += 2;
    send(job, event(3, "dora", "click", "\"element_id\":\"late\""));
    send(job, event(101, "emil", "cart", cart("c")));
  }

  private void send(JobUnderTest job, String value) {
    job.send(value);
    sent++;
  }

  private static String cart(String id) {
    return String.format(
        Locale.ROOT, "\"action\":\"add\",\"cart_id\":\"%s\",\"lines\":[{\"sku_id\":\"K\"}]", id);
  }

  private static String event(int minute, String who, String type, String properties) {
    return String.format(
        Locale.ROOT,
        "{\"type\":\"%s\",\"app_id\":\"a\",\"event_time\":\"%s\",\"openid\":\"%s\",\"properties\":{%s}}",
        type,
        START.plus(Duration.ofMinutes(minute)),
        who,
        properties);
  }

  /** Asks until everything that was sent has been read and every metric is there. */
  private Map<Metric, List<Sample>> awaitAll(int port) throws Exception {
    while (true) {
      Map<Metric, List<Sample>> seen = scrape(port);
      if (seen.size() == Metric.values().length
          && total(seen, Metric.READ) == sent
          && total(seen, Metric.LATE) > 0
          && total(seen, Metric.WAITING_EVENTS) > 0) {
        return seen;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static Map<Metric, List<Sample>> scrape(int port)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    Map<Metric, List<Sample>> seen = new LinkedHashMap<>();
    for (String line : answer.body().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        for (Metric metric : Metric.values()) {
          if (sample.group(1).equals(nameOf(metric))) {
            seen.computeIfAbsent(metric, m -> new ArrayList<>())
                .add(
                    new Sample(
                        sample.group(1), sample.group(2), Double.parseDouble(sample.group(3))));
          }
        }
      }
    }
    return seen;
  }

  /** As it is written in the documentation: the labels stand in the name, too. */
  private static String nameOf(Metric metric) {
    StringBuilder name = new StringBuilder(NAMES);
    metric.labels().forEach(label -> name.append(label).append('_'));
    return name.append(metric.wireName()).toString();
  }

  private static double total(Map<Metric, List<Sample>> seen, Metric metric) {
    return seen.getOrDefault(metric, List.of()).stream().mapToDouble(Sample::value).sum();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
