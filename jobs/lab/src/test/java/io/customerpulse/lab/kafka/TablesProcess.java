package io.customerpulse.lab.kafka;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.runtime.environment.JobEnvironment;
import io.customerpulse.tables.TablesJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** The tables job in a process of its own, so that it can be killed as a machine kills it. */
final class TablesProcess {
  private static final String SAVEPOINT = "SAVEPOINT ";

  private final Process process;
  private final Path errors;

  private TablesProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts it.
   *
   * @param config settings of the product
   * @param folder for checkpoints, savepoints and temporary files
   * @param from a checkpoint or savepoint; empty starts anew
   */
  static TablesProcess start(Path config, Path folder, Optional<String> from) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx640m", "-XX:+UseSerialGC", "-Duser.language=en", "-Djava.io.tmpdir=" + folder));
    for (String opened : List.of("lang", "net", "io", "nio", "util", "util.concurrent", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TablesProcess.class.getName(), config.toString(), folder.toString()));
    from.ifPresent(command::add);
    Path errors = Files.createTempFile(folder, "tables-process", ".err");
    return new TablesProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** Fails with what the process said last if it has ended. */
  void assertAlive() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("The tables job ended: " + Files.readString(errors));
    }
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
    DeploymentSettings settings = new DeploymentSettingsReader(name -> null).read(Path.of(args[0]));
    // As in production: a writer that finds its last commit unfinished finishes it, and then fails
    // once on purpose, so that all writers begin from it.
    Configuration configuration =
        JobEnvironment.onLoopback(JobEnvironment.unbounded(settings.state()));
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    if (args.length > 2) {
      configuration = LocalFlink.restoring(configuration, args[2]);
    }
    StreamExecutionEnvironment env = LocalFlink.environment(configuration, 2);
    TablesJob.build(env, settings);
    JobClient job = env.executeAsync("tables");
    CompletableFuture<?> ended =
        job.getJobExecutionResult()
            .whenComplete(
                (result, failure) -> {
                  if (failure != null) {
                    System.err.println(ExceptionUtils.stringifyException(failure));
                    Runtime.getRuntime().halt(1);
                  }
                });
    // Whoever started this process has ended, or wants it to.
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        // Nothing is said before the end.
      }
    }
    int code = 1;
    try {
      String savepoint = LocalFlink.stopWithSavepoint(job, folder.resolve("savepoints"));
      ended.get();
      new PrintStream(System.out, true, StandardCharsets.UTF_8).println(SAVEPOINT + savepoint);
      code = 0;
    } catch (Exception e) {
      System.err.println(ExceptionUtils.stringifyException(e));
    }
    // Flink's threads would outlive this one.
    System.exit(code);
  }
}
