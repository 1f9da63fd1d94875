package io.customerpulse.client.flink;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfoEntry;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory;
import org.apache.flink.runtime.rest.messages.MessageHeaders;
import org.apache.flink.runtime.rest.messages.MessageParameters;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.TaskManagerMetricsHeaders;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster, wherever it is, by its REST API. Every call waits for its answer. */
public final class FlinkRest implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final Duration SAVEPOINT_WITHIN = Duration.ofMinutes(10);

  private final URI url;
  private final RestClusterClient<StandaloneClusterId> client;

  /**
   * Connects at the first call.
   *
   * @param url of the web interface: http or https, host, port, and a path where a proxy adds one
   */
  public FlinkRest(URI url) {
    this.url = url;
    try {
      client = new RestClusterClient<>(configuration(url), StandaloneClusterId.getInstance());
    } catch (Exception e) {
      throw new IllegalStateException("No client for " + url + ": " + e.getMessage(), e);
    }
  }

  /** How Flink's clients are told of a cluster. */
  public static Configuration configuration(URI url) {
    boolean secure = "https".equals(url.getScheme());
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, url.getHost());
    int standardPort = secure ? 443 : 80;
    configuration.set(RestOptions.PORT, url.getPort() < 0 ? standardPort : url.getPort());
    configuration.set(SecurityOptions.SSL_REST_ENABLED, secure);
    if (url.getPath() != null && url.getPath().length() > 1) {
      configuration.set(RestOptions.PATH, url.getPath());
    }
    // Who asks is told at once that nobody answers, and asks again if that makes sense.
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, ANSWER_WITHIN);
    return configuration;
  }

  public URI url() {
    return url;
  }

  /** Slots, TaskManagers and the version; also tells whether anybody is there. */
  public ClusterOverviewWithVersion overview() {
    return get(client.getClusterOverview(), ANSWER_WITHIN);
  }

  /** Whether a JobManager answers. */
  public boolean answers() {
    try {
      overview();
      return true;
    } catch (FlinkRestException e) {
      return false;
    }
  }

  public Collection<TaskManagerInfo> taskManagers() {
    return send(TaskManagersHeaders.getInstance(), EmptyMessageParameters.getInstance())
        .getTaskManagerInfos();
  }

  /** How many slots of each TaskManager have work, by its name. */
  public Map<String, Integer> usedSlots() {
    return taskManagers().stream()
        .collect(
            Collectors.toMap(
                info -> info.getResourceId().getResourceIdString(),
                info -> info.getNumberSlots() - info.getNumberAvailableSlots()));
  }

  /**
   * The sum over all TaskManagers of a metric of the process.
   *
   * @param name such as {@code Status.JVM.Memory.Heap.Used}
   */
  public double sumOfTaskManagers(String name) {
    double sum = 0;
    for (TaskManagerInfo info : taskManagers()) {
      TaskManagerMetricsHeaders headers = TaskManagerMetricsHeaders.getInstance();
      var parameters = headers.getUnresolvedMessageParameters();
      parameters.taskManagerIdParameter.resolve(info.getResourceId());
      parameters.metricsFilterParameter.resolve(List.of(name));
      sum +=
          send(headers, parameters).getMetrics().stream()
              .mapToDouble(metric -> Double.parseDouble(metric.getValue()))
              .sum();
    }
    return sum;
  }

  /** All jobs that the cluster remembers, those that have ended too. */
  public Collection<JobStatusMessage> jobs() {
    return get(client.listJobs(), ANSWER_WITHIN);
  }

  /** The jobs of a name that have not ended. */
  public List<JobStatusMessage> living(String name) {
    return jobs().stream()
        .filter(job -> job.getJobName().equals(name))
        .filter(job -> !job.getJobState().isTerminalState())
        .toList();
  }

  public JobDetailsInfo details(JobID job) {
    return get(client.getJobDetails(job), ANSWER_WITHIN);
  }

  public JobStatus status(JobID job) {
    return get(client.getJobStatus(job), ANSWER_WITHIN);
  }

  public CheckpointingStatistics checkpoints(JobID job) {
    CheckpointingStatisticsHeaders headers = CheckpointingStatisticsHeaders.getInstance();
    var parameters = headers.getUnresolvedMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return send(headers, parameters);
  }

  /** The newest checkpoint or savepoint of a job from which another can start. */
  public Optional<CheckpointStatistics.CompletedCheckpointStatistics> latestCompleted(JobID job) {
    CheckpointingStatistics.LatestCheckpoints latest = checkpoints(job).getLatestCheckpoints();
    return Optional.ofNullable(latest)
        .map(CheckpointingStatistics.LatestCheckpoints::getCompletedCheckpointStatistics);
  }

  /** Why a job failed last, a line; empty if it didn't. */
  public Optional<String> lastFailure(JobID job) {
    return exceptions(job).getExceptionHistory().getEntries().stream()
        .findFirst()
        .map(failure -> rootLine(failure.getStacktrace()));
  }

  /** How often a job has failed, as far as the cluster remembers. */
  public int failures(JobID job) {
    return exceptions(job).getExceptionHistory().getEntries().size();
  }

  private JobExceptionsInfoWithHistory exceptions(JobID job) {
    JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return send(JobExceptionsHeaders.getInstance(), parameters);
  }

  public FlinkMetrics metrics(JobID job) {
    return new FlinkMetrics(this, job);
  }

  /** A key of the cluster's configuration. */
  public Optional<String> clusterSetting(String key) {
    return send(ClusterConfigurationInfoHeaders.getInstance(), EmptyMessageParameters.getInstance())
        .stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(ConfigurationInfoEntry::getValue)
        .findFirst();
  }

  /**
   * Stops a job with a savepoint. Never drained: draining would end time, and every reminder that
   * waits would be sent at once.
   *
   * @param directory a URI; null for the cluster's own
   * @return where the savepoint is
   */
  public String stopWithSavepoint(JobID job, String directory) {
    return get(
        client.stopWithSavepoint(job, false, directory, SavepointFormatType.CANONICAL),
        SAVEPOINT_WITHIN);
  }

  public void cancel(JobID job) {
    get(client.cancel(job), ANSWER_WITHIN);
  }

  <
          H extends MessageHeaders<EmptyRequestBody, P, U>,
          U extends MessageParameters,
          P extends ResponseBody>
      P send(H headers, U parameters) {
    return get(
        client.sendRequest(headers, parameters, EmptyRequestBody.getInstance()), ANSWER_WITHIN);
  }

  private <T> T get(CompletableFuture<T> answer, Duration within) {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FlinkRestException(
          "The Flink cluster at " + url + " didn't answer within " + within.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = root(ExceptionUtils.stripExecutionException(e));
      throw new FlinkRestException(
          "The Flink cluster at " + url + " says: " + rootLine(String.valueOf(cause.getMessage())),
          cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRestException("Interrupted while waiting for " + url, e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Of a stack trace the line that says what began it, without the class of the exception. */
  public static String rootLine(String trace) {
    List<String> lines = trace.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String last = lines.isEmpty() ? "" : lines.get(0);
    for (String line : lines) {
      if (line.startsWith("Caused by: ")) {
        last = line;
      }
    }
    return last.replaceFirst("^(Caused by: )?([\\w$.]+(Exception|Error): )?", "");
  }

  @Override
  public void close() {
    client.close();
  }
}
