package io.customerpulse.local.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** A job on a cluster of its own within this process. It should run until it is cancelled. */
final class DemoJob {
  private static final int SECONDS_TO_END = 30;

  private final String name;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private DemoJob(String name, JobClient client) {
    this.name = name;
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  static DemoJob start(StreamExecutionEnvironment env, String name) throws Exception {
    return new DemoJob(name, env.executeAsync("Customer Pulse: " + name));
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

  void cancel() throws InterruptedException, ExecutionException, TimeoutException {
    if (!result.isDone()) {
      client.cancel().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }
    result.handle((ended, failure) -> ended).get(SECONDS_TO_END, TimeUnit.SECONDS);
  }
}
