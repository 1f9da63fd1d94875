package io.customerpulse.lab.demo;

import io.customerpulse.runtime.environment.SessionCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** A job on a cluster of its own within this process. It should run until it is cancelled. */
final class DemoJob {
  private static final int SECONDS_TO_END = 30;

  private final String name;
  private final SessionCluster cluster;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private DemoJob(String name, SessionCluster cluster, JobClient client) {
    this.name = name;
    this.cluster = cluster;
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  /**
   * Starts a job.
   *
   * @param configuration of the cluster and the job
   * @param build puts the job together
   */
  static DemoJob start(
      String name, Configuration configuration, Consumer<StreamExecutionEnvironment> build)
      throws Exception {
    SessionCluster cluster = SessionCluster.start(configuration);
    try {
      StreamExecutionEnvironment env = cluster.environment(configuration);
      build.accept(env);
      return new DemoJob(name, cluster, env.executeAsync("Customer Pulse: " + name));
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** Nothing will flow any more once a job has ended: why should anybody wait? */
  void throwIfEnded() {
    if (result.isDone()) {
      throw new IllegalStateException("The " + name + " job has ended: " + reason());
    }
  }

  private String reason() {
    try {
      result.get();
      return "it has nothing left to read";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (ExecutionException e) {
      Throwable innermost = e;
      while (innermost.getCause() != null && innermost.getCause() != innermost) {
        innermost = innermost.getCause();
      }
      return ExceptionUtils.stringifyException(innermost).lines().findFirst().orElse("");
    }
  }

  /** Ends the job, and its cluster: nothing of it runs any more. */
  void cancel() throws InterruptedException, ExecutionException, TimeoutException {
    if (!result.isDone()) {
      client.cancel().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }
    result.handle((ended, failure) -> ended).get(SECONDS_TO_END, TimeUnit.SECONDS);
    cluster.close();
  }
}
