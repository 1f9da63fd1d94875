package io.customerpulse.client.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;

/** The metrics of a job's tasks, which Flink's client has no call for. */
public final class FlinkMetrics {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

  private final FlinkRest rest;
  private final JobID job;

  FlinkMetrics(FlinkRest rest, JobID job) {
    this.rest = rest;
    this.job = job;
  }

  /** The sum over all tasks of the metrics whose name ends so; 0 if there are none. */
  public double sum(String ending) {
    return sumIfAny(ending).orElse(0);
  }

  /** The same; empty if there are none. */
  public OptionalDouble sumIfAny(String ending) {
    return aggregated("sum", ending).reduce(Double::sum);
  }

  /**
   * The largest over all tasks of the metrics whose name ends so.
   *
   * @throws FlinkRestException if there are none
   */
  public double max(String ending) {
    return aggregated("max", ending)
        .max()
        .orElseThrow(() -> new FlinkRestException("No metric's name ends with " + ending, null));
  }

  private DoubleStream aggregated(String how, String ending) {
    DoubleStream.Builder values = DoubleStream.builder();
    for (JobVertexDetailsInfo vertex : rest.details(job).getJobVertexInfos()) {
      String path = "/jobs/" + job + "/vertices/" + vertex.getJobVertexID() + "/subtasks/metrics";
      List<String> names = new ArrayList<>();
      for (JsonNode metric : get(path)) {
        String name = metric.path("id").asText();
        if (name.endsWith(ending)) {
          names.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
        }
      }
      if (!names.isEmpty()) {
        for (JsonNode metric : get(path + "?agg=" + how + "&get=" + String.join(",", names))) {
          values.add(metric.path(how).asDouble());
        }
      }
    }
    return values.build();
  }

  private JsonNode get(String path) {
    URI uri = URI.create(rest.url().toString().replaceFirst("/+$", "") + path);
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new FlinkRestException(uri + " answers " + answer.statusCode(), null);
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new FlinkRestException(uri + " doesn't answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRestException("Interrupted while waiting for " + uri, e);
    }
  }
}
