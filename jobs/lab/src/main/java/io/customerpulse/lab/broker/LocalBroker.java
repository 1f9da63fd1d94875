package io.customerpulse.lab.broker;

import io.customerpulse.client.kafka.NewPartitions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker inside this process, for demos and tests: broker and controller in one, a
 * single copy of everything, reachable from this machine only. Topics must be created; a mistyped
 * name is an error.
 */
public final class LocalBroker implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
  private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);
  private static final int ANSWER_WITHIN_MILLIS = 3_000;
  private static final int LARGEST_RECORD_BYTES = 16 * 1024 * 1024;
  private static final String HOST = "127.0.0.1";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final KafkaRaftServer server;
  private final int port;
  private final Path directory;
  private final boolean directoryIsOurs;

  private LocalBroker(KafkaRaftServer server, int port, Path directory, boolean directoryIsOurs) {
    this.server = server;
    this.port = port;
    this.directory = directory;
    this.directoryIsOurs = directoryIsOurs;
  }

  /** A broker on a free port whose data goes when it is closed. */
  public static LocalBroker start() throws IOException {
    return start(Files.createTempDirectory("broker-"), 0, true);
  }

  /**
   * A broker whose data stays: started again on the same directory, it has its topics, records,
   * offsets and transactions back.
   *
   * @param directory created if it is missing; one broker at a time
   * @param port 0 for a free one
   * @throws IllegalStateException if it doesn't answer within a minute, or the port is taken
   */
  public static LocalBroker start(Path directory, int port) throws IOException {
    return start(Files.createDirectories(directory), port, false);
  }

  private static LocalBroker start(Path directory, int wantedPort, boolean directoryIsOurs)
      throws IOException {
    int[] ports = freePorts(wantedPort);
    Properties settings = settings(directory, ports[0], ports[1]);
    format(directory, settings);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    LocalBroker broker = new LocalBroker(server, ports[0], directory, directoryIsOurs);
    try {
      server.startup();
      broker.awaitReady();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw new IllegalStateException(
          "The local broker did not start on " + broker.bootstrapServers() + ": " + e.getMessage(),
          e);
    }
  }

  /** Whether a broker at an address takes part in its cluster: its port alone says nothing. */
  public static boolean answers(String bootstrapServers) {
    try (Admin admin =
        Admin.create(
            Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS))) {
      return isReady(admin);
    }
  }

  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /**
   * Creates topics with the broker's defaults, and returns when they take records.
   *
   * @throws IllegalStateException if one exists already
   */
  public void createTopics(int partitions, String... names) {
    try (Admin admin = admin()) {
      List<NewTopic> topics =
          Arrays.stream(names).map(name -> new NewTopic(name, partitions, (short) 1)).toList();
      admin.createTopics(topics).all().get();
      NewPartitions.awaitLeaders(
          admin,
          topics.stream().collect(Collectors.toMap(NewTopic::name, NewTopic::numPartitions)),
          READY_WITHIN);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Topics not created: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (directoryIsOurs) {
      delete(directory);
    }
  }

  /** The port opens before the broker takes part in its own cluster, so it is asked. */
  private void awaitReady() {
    long giveUpNanos = System.nanoTime() + READY_WITHIN.toNanos();
    try (Admin admin = admin()) {
      while (!isReady(admin)) {
        if (System.nanoTime() - giveUpNanos > 0) {
          throw new IllegalStateException("no answer within " + READY_WITHIN.toSeconds() + " s");
        }
        LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
      }
    }
  }

  private static boolean isReady(Admin admin) {
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while waiting for the local broker", e);
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", "1");
    settings.setProperty(
        "listeners",
        "BROKER://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.setProperty("advertised.listeners", "BROKER://" + HOST + ":" + port);
    settings.setProperty("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("inter.broker.listener.name", "BROKER");
    settings.setProperty("controller.listener.names", "CONTROLLER");
    // Named here and not stored, so that a restart may take another port.
    settings.setProperty("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    settings.setProperty("log.dirs", directory.resolve("data").toString());
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty(
        "transaction.max.timeout.ms", String.valueOf(LONGEST_TRANSACTION.toMillis()));
    settings.setProperty("message.max.bytes", String.valueOf(LARGEST_RECORD_BYTES));
    settings.setProperty("replica.fetch.max.bytes", String.valueOf(LARGEST_RECORD_BYTES));
    oneCopyOfEverything(settings);
    smallFootprint(settings);
    return settings;
  }

  private static void oneCopyOfEverything(Properties settings) {
    settings.setProperty("default.replication.factor", "1");
    settings.setProperty("min.insync.replicas", "1");
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
  }

  /** The defaults are those of a server; here a broker shares two cores and a laptop's memory. */
  private static void smallFootprint(Properties settings) {
    settings.setProperty("offsets.topic.num.partitions", "4");
    settings.setProperty("transaction.state.log.num.partitions", "4");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "4");
    settings.setProperty("background.threads", "2");
    settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024));
    settings.setProperty("log.index.size.max.bytes", String.valueOf(1024 * 1024));
  }

  /** Gives a new directory its identity; one that has it already keeps it. */
  private static void format(Path directory, Properties settings) throws IOException {
    if (Files.exists(directory.resolve("data").resolve("meta.properties"))) {
      return;
    }
    Path file = directory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      settings.store(writer, "What the directory was prepared with");
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    int exitCode =
        StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (exitCode != 0) {
      throw new IOException(
          "Cannot prepare "
              + directory
              + " for a broker: "
              + said.toString(StandardCharsets.UTF_8));
    }
  }

  /** The wanted port, or a free one, and a free one for the controller. */
  private static int[] freePorts(int wantedPort) throws IOException {
    try (ServerSocket broker = bind(wantedPort);
        ServerSocket controller = bind(0)) {
      return new int[] {broker.getLocalPort(), controller.getLocalPort()};
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
    } catch (IOException e) {
      socket.close();
      throw new IllegalStateException(
          "Port " + port + " on " + HOST + " is taken: is another broker running?", e);
    }
    return socket;
  }

  private static void delete(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Left behind: " + directory, e);
    }
  }
}
