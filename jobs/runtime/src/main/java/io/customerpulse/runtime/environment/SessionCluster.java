package io.customerpulse.runtime.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
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
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.Reference;

/**
 * One cluster within this process for several jobs, one after the other. Flink's local environment
 * starts one for each, and is still closing it when the job has ended and the process exits, or its
 * folder is removed. Of this one nothing runs any more when {@link #close} returns.
 */
public final class SessionCluster
    implements PipelineExecutorServiceLoader,
        PipelineExecutorFactory,
        PipelineExecutor,
        AutoCloseable {
  private static final String NAME = "session";

  private final CompletableFuture<MiniCluster> cluster = new CompletableFuture<>();

  private SessionCluster() {}

  /**
   * One for all clusters of the process, and never closed: Flink closes its class loader while
   * threads of it still end, and they miss classes then.
   */
  private static final class Rpc {
    static final RpcSystem SYSTEM = RpcSystem.load(new Configuration());

    private Rpc() {}
  }

  /**
   * Begins to start it; jobs wait for it.
   *
   * @param configuration tells the memory, and by the default parallelism the slots
   */
  public static SessionCluster start(Configuration configuration) {
    return inBackground(session -> session.startUp(configuration));
  }

  /**
   * The same for a person who waits for the first job: the classes of every job are loaded
   * meanwhile.
   */
  public static SessionCluster startWarm(Configuration configuration) {
    return inBackground(
        session -> {
          session.startUp(configuration);
          session.warmUp(configuration);
        });
  }

  private static SessionCluster inBackground(Consumer<SessionCluster> start) {
    SessionCluster session = new SessionCluster();
    Thread starter = new Thread(() -> start.accept(session), "session-cluster-start");
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
                .build(),
            () -> Reference.borrowed(Rpc.SYSTEM));
    try {
      mini.start();
      cluster.complete(mini);
    } catch (Throwable e) { // Whoever waits must hear of errors too: of too little memory, say.
      cluster.completeExceptionally(e);
    }
  }

  /** A job of nothing. */
  private void warmUp(Configuration configuration) {
    StreamExecutionEnvironment env = environment(configuration);
    env.fromSequence(0, 1).sinkTo(new DiscardingSink<>());
    try {
      env.execute("Warm up");
    } catch (Exception e) {
      // The first job says it too, to somebody who listens.
    }
  }

  /** Where jobs are built that run here. */
  public StreamExecutionEnvironment environment(Configuration configuration) {
    Configuration here = new Configuration(configuration);
    aim(here);
    return new StreamExecutionEnvironment(this, here, SessionCluster.class.getClassLoader());
  }

  /** What an environment needs to be told to run its jobs here. */
  public static void aim(Configuration configuration) {
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
