package io.customerpulse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tarball as somebody has it who has nothing else: unpacked into a folder that can't be written
 * to, with a Java runtime that compiles nothing, and coreutils.
 */
final class Installed {
  /** What the product needs of a Java runtime; the README names them too. */
  static final String MODULES =
      "java.se,jdk.unsupported,jdk.management,jdk.charsets,jdk.crypto.ec,jdk.security.auth,jdk.zipfs";

  /** Of coreutils, what a launcher might want; and bash itself. */
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "basename",
          "cat",
          "chmod",
          "cp",
          "cut",
          "date",
          "dirname",
          "echo",
          "env",
          "head",
          "id",
          "ln",
          "ls",
          "mkdir",
          "mktemp",
          "mv",
          "nproc",
          "printf",
          "pwd",
          "readlink",
          "realpath",
          "rm",
          "rmdir",
          "sort",
          "stat",
          "tee",
          "test",
          "touch",
          "tr",
          "true",
          "uname",
          "wc");

  private final Path home;
  private final Path javaHome;
  private final Path path;
  private final Path folder;

  private Installed(Path home, Path javaHome, Path path, Path folder) {
    this.home = home;
    this.javaHome = javaHome;
    this.path = path;
    this.folder = folder;
  }

  /** Unpacks the tarball that the build has made. */
  static Installed in(Path folder) throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"));
    assumeTrue(
        Files.isExecutable(jdk.resolve("bin/jlink")) && Files.isDirectory(jdk.resolve("jmods")),
        "no jlink or no jmods in " + jdk + ": a runtime without a compiler can't be made");
    Path runtime = folder.resolve("runtime");
    run(
        jdk.resolve("bin/jlink").toString(),
        "--add-modules",
        MODULES,
        "--output",
        runtime.toString());
    run("tar", "-xzf", tarball().toString(), "-C", folder.toString());
    Path home = only(folder, "customer-pulse-*");
    run("chmod", "-R", "a-w", home.toString());
    // Beside it: whoever clears a temporary folder warns of links that lead out of it.
    Path tools = Files.createDirectories(Path.of("target/coreutils")).toAbsolutePath();
    for (String tool : TOOLS) {
      Path link = tools.resolve(tool);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, find(tool));
    }
    return new Installed(home, runtime, tools, folder);
  }

  static Path tarball() throws IOException {
    return only(Path.of("target"), "customer-pulse-*.tar.gz").toAbsolutePath();
  }

  private static Path only(Path folder, String glob) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      List<Path> all = new ArrayList<>();
      found.forEach(all::add);
      assertThat(all).as(glob + " in " + folder).hasSize(1);
      return all.get(0);
    }
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no " + tool + " on the PATH"));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + said).isZero();
  }

  Path home() {
    return home;
  }

  /** Where its commands write. */
  Path state() {
    return folder.resolve("state");
  }

  /** The names of all commands, helpers aside. */
  List<String> commands() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("bin"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("_"))
          .sorted()
          .toList();
    }
  }

  /** Everything that stands in it, with what would change if it were written to. */
  Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        contents.put(
            home.relativize(path).toString(),
            Files.getLastModifiedTime(path)
                + (Files.isDirectory(path) ? "" : " " + Files.size(path)));
      }
    }
    return contents;
  }

  /** How a command ended. */
  record Answer(int exitCode, String out, String err) {}

  /** Runs a command as its user does, and waits for its end. */
  Answer call(String command, String... arguments) throws IOException, InterruptedException {
    return call(Map.of("JAVA_HOME", javaHome.toString()), command, arguments);
  }

  /**
   * The same with other variables of the environment.
   *
   * @param variables beside the PATH and the folder to write to
   */
  Answer call(Map<String, String> variables, String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(home.resolve("bin").resolve(command).toString()));
    all.addAll(List.of(arguments));
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().put("CUSTOMER_PULSE_RUN", state().toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), said, Files.readString(err));
    }
  }
}
