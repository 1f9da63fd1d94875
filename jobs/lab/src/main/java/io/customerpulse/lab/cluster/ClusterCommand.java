package io.customerpulse.lab.cluster;

import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.flink.ClusterFolder;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.lab.cluster.LocalCluster.ProcessStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/cluster}: a broker and a Flink cluster on this machine, as separate processes. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(start | stop | status)",
    description = {
      "A Kafka broker, a Flink JobManager and TaskManagers on this machine, each a process of its",
      "own, reachable from this machine only. scripts/submit brings a job onto them."
    })
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "start, stop or status?");
  }

  /** Which cluster. */
  static final class Where {
    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description = "Where it keeps data, checkpoints and logs [run/cluster].")
    private Path path;

    LocalCluster cluster(PrintWriter out) {
      Installation here = Installation.current();
      ClusterFolder folder = path == null ? ClusterFolder.standard(here) : new ClusterFolder(path);
      return new LocalCluster(here.home(), folder, out::println);
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = {
        "Starts what isn't running, creates the topics that are missing, and returns when all of"
            + " it",
        "answers. Data and topics of an earlier run are there again. Ctrl-C stops what was started."
      })
  Integer start(
      @Mixin Where where,
      @Option(
              names = "--broker-port",
              paramLabel = "PORT",
              description = "Of Kafka [9092, or as it ran last].")
          Integer brokerPort,
      @Option(
              names = "--web-port",
              paramLabel = "PORT",
              description = "Of the web interface and REST API [8081, or as it ran last].")
          Integer webPort,
      @Option(
              names = "--rpc-port",
              paramLabel = "PORT",
              description = "Of the JobManager, for TaskManagers [6123, or as it ran last].")
          Integer rpcPort,
      @Option(
              names = "--metrics-port",
              paramLabel = "PORT",
              description = {
                "Where the JobManager shows metrics to Prometheus; TaskManagers do so on the",
                "following ports [9249, or as it ran last]."
              })
          Integer metricsPort,
      @Option(
              names = "--taskmanagers",
              paramLabel = "N",
              description = "TaskManagers of 1.7 GB each, 1 to 8 [1, or as it ran last].")
          Integer taskManagers,
      @Option(
              names = "--slots",
              paramLabel = "N",
              description = "Slots of each TaskManager, 1 to 16 [4, or as it ran last].")
          Integer slots,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              description = "Of topics that are created, 1 to 120 [4, or as it ran last].")
          Integer partitions)
      throws IOException, InterruptedException {
    CommandLine line = spec.subcommands().get("start");
    PrintWriter out = line.getOut();
    LocalCluster cluster = where.cluster(out);
    ClusterSettings base = cluster.settings().orElse(ClusterSettings.DEFAULTS);
    ClusterSettings settings =
        new ClusterSettings(
            within(line, "--broker-port", brokerPort, base.brokerPort(), MAX_PORT),
            within(line, "--web-port", webPort, base.webPort(), MAX_PORT),
            within(line, "--rpc-port", rpcPort, base.rpcPort(), MAX_PORT),
            within(
                line,
                "--metrics-port",
                metricsPort,
                base.metricsPort(),
                MAX_PORT - ClusterSettings.MAX_TASK_MANAGERS),
            within(
                line,
                "--taskmanagers",
                taskManagers,
                base.taskManagers(),
                ClusterSettings.MAX_TASK_MANAGERS),
            within(line, "--slots", slots, base.slots(), ClusterSettings.MAX_SLOTS),
            within(
                line,
                "--partitions",
                partitions,
                base.partitions(),
                ClusterSettings.MAX_PARTITIONS));
    if (startOrCleanUp(cluster, settings).isEmpty()) {
      out.println("It runs already.");
    }
    print(out, cluster);
    out.println("Web interface  " + settings.url());
    out.println("Broker         " + settings.bootstrapServers());
    if (settings.showsMetrics()) {
      out.println("Metrics        " + settings.metricsUrls());
    }
    out.println("Logs           " + cluster.folder().logs());
    out.println("Settings       " + cluster.folder().config());
    out.flush();
    return ExitCode.OK;
  }

  private static final int MAX_PORT = 65_535;

  private static int within(
      CommandLine line, String option, Integer given, int otherwise, int most) {
    if (given != null && (given < 1 || given > most)) {
      throw new ParameterException(
          line, option + ": " + given + " is not allowed; allowed: 1 to " + most);
    }
    return Optional.ofNullable(given).orElse(otherwise);
  }

  /** A start that fails or is interrupted leaves nothing behind; one that succeeds goes on. */
  private static List<String> startOrCleanUp(LocalCluster cluster, ClusterSettings settings)
      throws IOException, InterruptedException {
    boolean ranBefore = cluster.isRunning();
    boolean[] done = {ranBefore};
    try (ShutdownHook cleaning =
        new ShutdownHook(
            "cluster-stop",
            () -> {
              if (!done[0]) {
                stop(cluster);
              }
            })) {
      List<String> started = cluster.start(settings);
      done[0] = true;
      return started;
    }
  }

  private static int stop(LocalCluster cluster) {
    try {
      return cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("The cluster is not stopped: " + e.getMessage(), e);
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = {
        "Stops its processes. Data, topics and checkpoints stay; a job that runs on it goes on"
            + " with",
        "'scripts/submit JOB --from latest' when the cluster is started again."
      })
  Integer stop(@Mixin Where where) {
    PrintWriter out = spec.subcommands().get("stop").getOut();
    LocalCluster cluster = where.cluster(out);
    if (stop(cluster) == 0) {
      out.println("It isn't running.");
    }
    out.flush();
    return ExitCode.OK;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description =
          "Tells each process, its pid, port and health. Exits with 1 unless all are well.")
  Integer status(@Mixin Where where) {
    PrintWriter out = spec.subcommands().get("status").getOut();
    LocalCluster cluster = where.cluster(out);
    boolean well = print(out, cluster);
    out.flush();
    return well ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static boolean print(PrintWriter out, LocalCluster cluster) {
    List<ProcessStatus> statuses = cluster.status();
    if (statuses.isEmpty()) {
      out.println("It isn't running.");
      return false;
    }
    out.printf(Locale.ROOT, "%-16s %8s %6s  %s%n", "process", "pid", "port", "health");
    for (ProcessStatus status : statuses) {
      out.printf(
          Locale.ROOT,
          "%-16s %8s %6s  %s%n",
          status.role(),
          status.pid() == 0 ? "-" : status.pid(),
          status.port() == 0 ? "-" : status.port(),
          status.health());
    }
    return statuses.stream().allMatch(ProcessStatus::isWell);
  }
}
