package io.customerpulse.local.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * One cluster within this process for all statements of a session. Flink's local environment starts
 * one for each: a second for every statement, and three for the first, which here pass while that
 * one is being planned.
 */
final class SessionCluster
    implements PipelineExecutorServiceLoader,
        PipelineExecutorFactory,
        PipelineExecutor,
        AutoCloseable {
  private static final String NAME = "session";

  private final CompletableFuture<MiniCluster> cluster = new CompletableFuture<>();

  private SessionCluster() {}

  /**
   * Begins to start it.
   *
   * @param configuration tells the memory, and by the default parallelism the slots
   */
  static SessionCluster start(Configuration configuration) {
    SessionCluster session = new SessionCluster();
    Thread starter = new Thread(() -> session.startUp(configuration), "query-cluster-start");
    starter.setDaemon(true);
    starter.start();
    return session;
  }

  private void startUp(Configuration configuration) {
    MiniCluster mini =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(new Configuration(configuration))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                .build());
    try {
      mini.start();
      cluster.complete(mini);
      warmUp(configuration);
    } catch (Exception e) {
      cluster.completeExceptionally(e);
    }
  }

  /** A job of nothing: loads the classes of every job while the first statement is planned. */
  private void warmUp(Configuration configuration) throws Exception {
    Configuration here = new Configuration(configuration);
    aim(here);
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(this, here, SessionCluster.class.getClassLoader());
    env.fromSequence(0, 1).sinkTo(new DiscardingSink<>());
    env.execute("Warm up");
  }

  /** What an environment needs to be told to run its jobs here. */
  static void aim(Configuration configuration) {
    configuration.set(DeploymentOptions.TARGET, NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader classLoader) throws Exception {
    StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
    graph.serializeUserDefinedInstances();
    return cluster.thenCompose(
        running ->
            running
                .submitJob(graph)
                .thenApplyAsync(
                    submitted -> {
                      awaitInitialized(running, submitted.getJobID(), classLoader);
                      return new MiniClusterJobClient(
                          submitted.getJobID(),
                          running,
                          classLoader,
                          JobFinalizationBehavior.NOTHING);
                    }));
  }

  /** What is wrong with a job is told by its submission, as with Flink's own executors. */
  private static void awaitInitialized(MiniCluster running, JobID job, ClassLoader classLoader) {
    try {
      ClientUtils.waitUntilJobInitializationFinished(
          () -> running.getJobStatus(job).get(),
          () -> running.requestJobResult(job).get(),
          classLoader);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(NAME);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return NAME.equals(configuration.get(DeploymentOptions.TARGET));
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }

  /** Ends it with all that runs on it; one that has never come up has nothing to end. */
  @Override
  public void close() {
    MiniCluster running = cluster.handle((started, failure) -> started).join();
    if (running != null) {
      running.closeAsync().join();
    }
  }
}
