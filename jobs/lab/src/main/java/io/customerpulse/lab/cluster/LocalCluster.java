package io.customerpulse.lab.cluster;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.flink.FlinkRestException;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.kafka.KafkaTopics;
import io.customerpulse.lab.broker.LocalBroker;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A broker, a JobManager and TaskManagers, each a process of its own that goes on when this one
 * ends. What is known of them stands in {@link ClusterFolder#root()}; data, checkpoints and logs
 * stay there when they are stopped.
 */
public final class LocalCluster {
  /** The only interface anything listens on. */
  public static final String HOST = "127.0.0.1";

  public static final String BROKER = "broker";
  public static final String JOB_MANAGER = "jobmanager";

  private static final String TASK_MANAGER = "taskmanager-";
  private static final List<String> BROKER_JVM =
      List.of("-Xmx512m", "-Duser.language=en", "-Duser.country=", "-Dfile.encoding=UTF-8");
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
  private static final Duration RETENTION = Duration.ofDays(7);

  private final Installation home;
  private final ClusterFolder folder;
  private final Map<String, String> moreFlinkKeys;
  private final Consumer<String> teller;

  /**
   * A cluster, which may run already.
   *
   * @param home the repository's root
   * @param teller is told what is done, a line each
   */
  public LocalCluster(Path home, ClusterFolder folder, Consumer<String> teller) {
    this(home, folder, Map.of(), teller);
  }

  /**
   * The same with keys of Flink that differ from config/flink.
   *
   * @param moreFlinkKeys by their full names
   */
  public LocalCluster(
      Path home, ClusterFolder folder, Map<String, String> moreFlinkKeys, Consumer<String> teller) {
    this.home = Installation.checkout(home.toAbsolutePath().normalize());
    this.folder = folder;
    this.moreFlinkKeys = Map.copyOf(moreFlinkKeys);
    this.teller = teller;
  }

  public ClusterFolder folder() {
    return folder;
  }

  /** What it was started with last; empty if it never was. */
  public Optional<ClusterSettings> settings() {
    return ClusterState.read(folder).map(ClusterState::settings);
  }

  /** The process of a role, whether it lives or not; empty if there never was one. */
  public Optional<ManagedProcess> process(String role) {
    return ClusterState.read(folder).flatMap(state -> state.process(role));
  }

  public boolean isRunning() {
    return ClusterState.read(folder).filter(ClusterState::anyAlive).isPresent();
  }

  /** The name of a TaskManager, counted from 1. */
  public static String taskManager(int number) {
    return TASK_MANAGER + number;
  }

  static int numberOf(String taskManager) {
    return Integer.parseInt(taskManager.substring(TASK_MANAGER.length()));
  }

  /**
   * Starts what isn't running, and returns when all of it answers. Topics that are missing are
   * created.
   *
   * @return the roles that were started; empty if all of them ran already
   * @throws IllegalStateException if it runs with other settings, a port is taken, or something
   *     doesn't come up within 3 min
   */
  public List<String> start(ClusterSettings settings) throws IOException, InterruptedException {
    return start(settings, EnumSet.allOf(Topic.class));
  }

  /** The same with topics of one's choice. */
  public List<String> start(ClusterSettings settings, Set<Topic> topics)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.root());
    try (FileChannel channel = lock()) {
      ClusterState state = ClusterState.read(folder).orElse(new ClusterState(settings, List.of()));
      if (!state.anyAlive()) {
        state = new ClusterState(settings, List.of());
      } else if (!state.settings().equals(settings)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "It runs with other settings (broker port %d, web port %d, %d TaskManagers of %d"
                    + " slots): stop it first",
                state.settings().brokerPort(),
                state.settings().webPort(),
                state.settings().taskManagers(),
                state.settings().slots()));
      }
      List<String> missing = new ArrayList<>(roles(settings));
      missing.removeIf(state::isAlive);
      ClusterPorts.check(settings, missing);
      prepare(settings);
      FlinkConf flink = FlinkConf.write(home.config("flink"), folder, settings, moreFlinkKeys);
      for (String role : missing) {
        launch(role, settings, flink, List.of());
      }
      for (String role : roles(settings)) {
        await(role, settings);
      }
      createTopics(topics, settings);
      return missing;
    }
  }

  /**
   * Starts one process that has ended, with what the cluster was started with.
   *
   * @param jvmOptions more options for its JVM
   */
  public void restart(String role, List<String> jvmOptions) throws IOException {
    ClusterSettings settings = settings().orElseThrow();
    FlinkConf flink = FlinkConf.write(home.config("flink"), folder, settings, moreFlinkKeys);
    launch(role, settings, flink, jvmOptions);
  }

  /** Stops all of it; says how many processes there were. Processes of others are never touched. */
  public int stop() throws IOException {
    Optional<ClusterState> state = ClusterState.read(folder);
    if (state.isEmpty()) {
      return 0;
    }
    List<ManagedProcess> living =
        new ArrayList<>(state.get().processes().stream().filter(ManagedProcess::isAlive).toList());
    // TaskManagers first, the broker last: nobody misses anybody.
    Collections.reverse(living);
    for (ManagedProcess process : living) {
      teller.accept("Stopping " + process.role() + " (pid " + process.pid() + ")");
      process.end();
    }
    new ClusterState(state.get().settings(), List.of()).write(folder);
    return living.size();
  }

  /**
   * How a process is.
   *
   * @param port where it listens for others; 0 where that is nobody's business
   * @param health "well", or what is wrong
   */
  public record ProcessStatus(String role, long pid, int port, String health) {
    public boolean isWell() {
      return health.equals(WELL);
    }
  }

  private static final String WELL = "well";

  /** All processes that there should be; empty if the cluster isn't running at all. */
  public List<ProcessStatus> status() {
    Optional<ClusterState> state = ClusterState.read(folder);
    if (state.isEmpty() || state.get().processes().isEmpty()) {
      return List.of();
    }
    ClusterSettings settings = state.get().settings();
    Set<String> registered = registered(settings);
    List<ProcessStatus> statuses = new ArrayList<>();
    for (String role : roles(settings)) {
      Optional<ManagedProcess> process = state.get().process(role);
      long pid = process.map(ManagedProcess::pid).orElse(0L);
      boolean alive = process.filter(ManagedProcess::isAlive).isPresent();
      String health = alive ? health(role, settings, registered) : "not running";
      statuses.add(new ProcessStatus(role, pid, port(role, settings), health));
    }
    return statuses;
  }

  private static String health(String role, ClusterSettings settings, Set<String> registered) {
    if (role.equals(BROKER)) {
      return LocalBroker.answers(settings.bootstrapServers()) ? WELL : "doesn't answer";
    }
    if (role.equals(JOB_MANAGER)) {
      try (FlinkRest rest = new FlinkRest(URI.create(settings.url()))) {
        return rest.answers() ? WELL : "doesn't answer";
      }
    }
    return registered.contains(role) ? WELL : "not registered at the JobManager";
  }

  private static Set<String> registered(ClusterSettings settings) {
    try (FlinkRest rest = new FlinkRest(URI.create(settings.url()))) {
      return rest.taskManagers().stream()
          .map(taskManager -> taskManager.getResourceId().getResourceIdString())
          .collect(Collectors.toSet());
    } catch (FlinkRestException e) {
      return Set.of();
    }
  }

  private static int port(String role, ClusterSettings settings) {
    return switch (role) {
      case BROKER -> settings.brokerPort();
      case JOB_MANAGER -> settings.webPort();
      default -> 0;
    };
  }

  private static List<String> roles(ClusterSettings settings) {
    List<String> roles = new ArrayList<>(List.of(BROKER, JOB_MANAGER));
    for (int number = 1; number <= settings.taskManagers(); number++) {
      roles.add(taskManager(number));
    }
    return roles;
  }

  private void prepare(ClusterSettings settings) throws IOException {
    Files.createDirectories(folder.checkpoints());
    Files.createDirectories(folder.savepoints());
    Files.writeString(
        folder.config(),
        String.format(
            Locale.ROOT,
            """
            # Leads the product to the broker and the tables of this cluster; rewritten when it starts.
            kafka: {bootstrap_servers: "%s"}
            tables: {warehouse: "%s"}
            """,
            settings.bootstrapServers(),
            folder.warehouse()));
  }

  private void launch(
      String role, ClusterSettings settings, FlinkConf flink, List<String> jvmOptions)
      throws IOException {
    JavaLauncher launcher = new JavaLauncher(folder);
    List<String> jvm = new ArrayList<>(jvmOptions);
    ManagedProcess process;
    if (role.equals(BROKER)) {
      jvm.addAll(BROKER_JVM);
      process =
          launcher.launch(
              role,
              jvm,
              System.getProperty("java.class.path"),
              BrokerMain.class.getName(),
              List.of(folder.broker().toString(), String.valueOf(settings.brokerPort())));
    } else if (role.equals(JOB_MANAGER)) {
      jvm.addAll(flink.jobManagerJvm());
      process =
          launcher.launch(
              role,
              jvm,
              flinkClasspath(),
              FlinkConf.JOB_MANAGER_CLASS,
              flink.jobManagerArguments());
    } else {
      jvm.addAll(flink.taskManagerJvm());
      process =
          launcher.launch(
              role,
              jvm,
              flinkClasspath(),
              FlinkConf.TASK_MANAGER_CLASS,
              flink.taskManagerArguments(role));
    }
    ClusterState state = ClusterState.read(folder).orElse(new ClusterState(settings, List.of()));
    if (!state.settings().equals(settings)) {
      state = new ClusterState(settings, List.of());
    }
    state.with(process).write(folder);
    teller.accept("Started " + role + " (pid " + process.pid() + ")");
  }

  /** Flink, and the reporter that shows metrics on this machine alone. */
  private String flinkClasspath() throws IOException {
    return home.flinkClasspath()
        + File.pathSeparator
        + home.home().resolve("jobs/flink/target/classes");
  }

  /**
   * Waits until a process answers, of a TaskManager until the JobManager knows it.
   *
   * @throws IllegalStateException if it ends, or takes more than 3 min
   */
  public void await(String role, ClusterSettings settings) throws InterruptedException {
    await(role, () -> health(role, settings, registered(settings)).equals(WELL));
  }

  private void await(String role, BooleanSupplier ready) throws InterruptedException {
    long giveUpAt = System.nanoTime() + READY_WITHIN.toNanos();
    while (!ready.getAsBoolean()) {
      if (process(role).filter(ManagedProcess::isAlive).isEmpty()) {
        throw new IllegalStateException(role + " has ended; why: " + lastWords(role));
      }
      if (System.nanoTime() - giveUpAt > 0) {
        throw new IllegalStateException(
            role + " isn't ready after " + READY_WITHIN.toSeconds() + " s; " + lastWords(role));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }

  private String lastWords(String role) {
    return "see " + folder.logs().resolve(role + ".log") + " and .out beside it";
  }

  private void createTopics(Set<Topic> topics, ClusterSettings settings)
      throws InterruptedException {
    DeploymentSettings product = new DeploymentSettingsReader(System::getenv).read(folder.config());
    new KafkaTopics(product.kafka())
        .createMissing(
            topics, new KafkaTopics.Layout(settings.partitions(), Optional.empty(), RETENTION));
  }

  /** One start at a time. */
  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held within this process: as below.
    }
    channel.close();
    throw new IllegalStateException("Another command is starting this cluster");
  }
}
