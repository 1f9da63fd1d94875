package io.customerpulse.local.kafka;

import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.tables.TablesJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The tables job in a process of its own, so that it can be killed as a machine kills it. */
final class TablesProcess {
  private static final String SAVEPOINT = "SAVEPOINT ";

  private final Process process;

  private TablesProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param config settings of the product
   * @param folder for checkpoints, savepoints and temporary files
   * @param from a checkpoint or savepoint, or null
   */
  static TablesProcess start(Path config, Path folder, String from) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx640m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder));
    for (String opened : List.of("lang", "net", "io", "nio", "util", "util.concurrent", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TablesProcess.class.getName(), config.toString(), folder.toString()));
    if (from != null) {
      command.add(from);
    }
    return new TablesProcess(
        new ProcessBuilder(command)
            .redirectError(folder.resolve("tables-process.err").toFile())
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As kill -9 does: nothing is written any more, nobody is told. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the job with a savepoint, and the process with it. */
  String stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    String savepoint = null;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(SAVEPOINT)) {
          savepoint = line.substring(SAVEPOINT.length());
        }
      }
    }
    if (process.waitFor() != 0 || savepoint == null) {
      throw new IOException("The tables job didn't stop");
    }
    return savepoint;
  }

  /** {@code CONFIG FOLDER [FROM]}: runs until the end of standard input. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    Configuration configuration = LocalFlink.configuration(folder.resolve("checkpoints"));
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    if (args.length > 2) {
      configuration = LocalFlink.restoring(configuration, args[2]);
    }
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, 2);
    TablesJob.build(env, new SettingsReader(name -> null).read(Path.of(args[0])));
    JobClient job = env.executeAsync("tables");
    // Whoever started this process has ended, or wants it to.
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        // Nothing is said before the end.
      }
    }
    String savepoint = LocalFlink.stopWithSavepoint(job, folder.resolve("savepoints"));
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(SAVEPOINT + savepoint);
    System.exit(0);
  }
}
