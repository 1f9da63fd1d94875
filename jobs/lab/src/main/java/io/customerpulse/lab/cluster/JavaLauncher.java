package io.customerpulse.lab.cluster;

import io.customerpulse.client.flink.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;

/**
 * Starts Java processes that outlive this one. Their arguments stand in a file: a class path is
 * longer than what a list of processes shows.
 */
final class JavaLauncher {
  private final ClusterFolder folder;

  JavaLauncher(ClusterFolder folder) {
    this.folder = folder;
  }

  ManagedProcess launch(
      String role, List<String> jvmOptions, String classpath, String mainClass, List<String> args)
      throws IOException {
    Path tmp = folder.tmp(role);
    clear(tmp);
    Files.createDirectories(folder.logs());
    List<String> all = new ArrayList<>();
    all.add("-Djava.io.tmpdir=" + tmp);
    all.add("-Dlog.file=" + folder.logs().resolve(role + ".log"));
    all.add("-Dlog4j2.configurationFile=" + folder.flinkConf().resolve(FlinkConf.LOGGING).toUri());
    all.addAll(jvmOptions);
    all.add("-cp");
    all.add(classpath);
    all.add(mainClass);
    all.addAll(args);
    Path file = folder.argumentFile(role);
    Files.createDirectories(file.getParent());
    Files.write(file, all.stream().map(JavaLauncher::quoted).toList());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // It must not end with the terminal from which it was started.
    Process process =
        new ProcessBuilder("nohup", java.toString(), "@" + file)
            .directory(folder.root().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(folder.logs().resolve(role + ".out").toFile())
            .start();
    return ManagedProcess.of(role, process.toHandle(), file.toString());
  }

  /** As the java command reads its files of arguments. */
  private static String quoted(String argument) {
    return argument
        .chars()
        .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static void clear(Path directory) throws IOException {
    FileUtils.deleteDirectory(directory.toFile());
    Files.createDirectories(directory);
  }
}
