package io.customerpulse.lab.benchmarks;

import io.customerpulse.client.cli.ShutdownHook;
import io.customerpulse.client.installation.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** One workload in a JVM of its own, which this process waits for. */
record WorkloadProcess(Workload workload, String broker, String topic, long events, Instant end) {
  /** What the other process says begins with one of these. */
  static final String READ = "READ ";

  static final String RESULT = "RESULT ";

  /** What Flink needs, where the log goes, and the locale. */
  private static final List<String> INHERITED =
      List.of("--add-opens", "-Dcustomerpulse.log", "-Duser.", "-Dfile.encoding");

  /**
   * Runs it.
   *
   * @param work an empty folder of its own
   * @param profiles where a recording of the run goes; null for none
   * @param progress is told how many events have been read
   * @throws IOException if it ends without a result; what it says of that goes to standard error
   */
  Result run(Path work, Path profiles, LongConsumer progress)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(work, profiles))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (ShutdownHook stopping = new ShutdownHook("bench-stop", () -> stop(process));
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      Result result = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READ)) {
          progress.accept(Long.parseLong(line.substring(READ.length())));
        } else if (line.startsWith(RESULT)) {
          result = result(line.substring(RESULT.length()));
        }
      }
      if (process.waitFor() != 0 || result == null) {
        throw new IOException("The run of " + workload.wireName() + " came to no result");
      }
      return result;
    }
  }

  private Result result(String figures) {
    int space = figures.indexOf(' ');
    return new Result(
        Double.parseDouble(figures.substring(0, space)),
        Double.parseDouble(figures.substring(space + 1)));
  }

  private static void stop(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(Path work, Path profiles) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-Djava.io.tmpdir=" + work);
    if (profiles != null) {
      Path recording = profiles.resolve(workload.wireName() + ".jfr");
      command.add("-XX:StartFlightRecording=settings=profile,filename=" + recording);
    }
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (INHERITED.stream().anyMatch(argument::startsWith)) {
        command.add(argument);
      }
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            WorkloadMain.class.getName(),
            workload.name(),
            broker,
            topic,
            Long.toString(events),
            end.toString(),
            Installation.current().home().toString()));
    return command;
  }
}
