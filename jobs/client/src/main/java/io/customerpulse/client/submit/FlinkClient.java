package io.customerpulse.client.submit;

import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.flink.FlinkRest;
import io.customerpulse.client.installation.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Flink's own client, as {@code bin/flink run} calls it: the job's main runs here, reads settings
 * and rules here, and the graph that it makes goes to the cluster with the jar. In a process of its
 * own, because Flink takes its classes and those of its connectors from the application first, and
 * ours is not the one in the jar.
 */
public final class FlinkClient {
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final String HEAP = "-Xmx512m";

  private final Installation installation;
  private final URI url;

  /**
   * A client of a cluster.
   *
   * @param installation whose Flink it is
   * @param url of the cluster's web interface
   */
  public FlinkClient(Installation installation, URI url) {
    this.installation = installation;
    this.url = url;
  }

  /**
   * Submits a program.
   *
   * @return its id
   * @throws JobRefusedException if its main refuses its arguments
   * @throws IllegalStateException if anything else is wrong
   */
  public String run(FlinkProgram program) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("flink-client-");
    Process process = start(program, folder);
    List<String> said;
    try (ShutdownHook onSignal = new ShutdownHook("flink-client-stop", process::destroy)) {
      said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      process.waitFor();
    }
    int code = process.exitValue();
    for (String line : said) {
      Matcher submitted = SUBMITTED.matcher(line);
      if (code == 0 && submitted.find()) {
        return submitted.group(1);
      }
    }
    if (code == JobRefusedException.EXIT_CODE) {
      throw new JobRefusedException(said);
    }
    Path log = installation.run("logs/flink-client.out");
    Files.createDirectories(log.getParent());
    Files.write(log, said);
    throw new IllegalStateException(
        "Flink's client says: "
            + FlinkRest.rootLine(String.join("\n", said))
            + " (all it said is in "
            + log
            + ")");
  }

  private Process start(FlinkProgram program, Path folder) throws IOException {
    Configuration configuration = FlinkRest.configuration(url);
    configuration.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, false);
    Files.write(
        folder.resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
        ConfigurationUtils.convertConfigToWritableLines(configuration, true));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    Configuration flink =
        GlobalConfiguration.loadConfiguration(installation.config("flink").toString());
    command.addAll(List.of(flink.get(CoreOptions.FLINK_JVM_OPTIONS).split(" ")));
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dlog.file=" + installation.run("logs/flink-client.log").toAbsolutePath());
    command.add(
        "-Dlog4j2.configurationFile=" + installation.config("flink/log4j2.properties").toUri());
    command.addAll(List.of("-cp", installation.flinkClasspath()));
    command.add(CliFrontend.class.getName());
    command.addAll(arguments(program));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", folder.toString());
    return builder.start();
  }

  private static List<String> arguments(FlinkProgram program) {
    List<String> arguments = new ArrayList<>(List.of("run", "--detached"));
    arguments.addAll(List.of("--class", program.mainClass()));
    program.classpath().forEach(url -> arguments.addAll(List.of("--classpath", url.toString())));
    arguments.addAll(List.of("--parallelism", String.valueOf(program.parallelism())));
    if (program.from() != null) {
      arguments.addAll(List.of("--fromSavepoint", program.from()));
    }
    arguments.add(program.jar().toAbsolutePath().toString());
    arguments.addAll(program.arguments());
    return arguments;
  }
}
