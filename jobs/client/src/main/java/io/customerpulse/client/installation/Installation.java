package io.customerpulse.client.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The product where it stands on this machine: a checkout, where the build leaves what it makes, or
 * a tarball that was unpacked, which nobody has to be able to write to.
 *
 * @param home the root of either
 * @param run where commands write: logs, what was submitted, what was asked; made when it is needed
 */
public record Installation(Path home, Path run) {
  /** What commands are called with in texts of annotations, which picocli fills in. */
  public static final String COMMANDS = "${sys:customerpulse.commands:-scripts}/";

  // Set by scripts/_java.
  private static final String HOME = "customerpulse.home";
  private static final String RUN = "customerpulse.run";
  private static final String FOLDER_OF_COMMANDS = "customerpulse.commands";

  /** A checkout. */
  public static Installation checkout(Path home) {
    return new Installation(home, home.resolve("run"));
  }

  /** The one that this process was started from. */
  public static Installation current() {
    Path home = Path.of(System.getProperty(HOME, ""));
    String run = System.getProperty(RUN);
    return run == null ? checkout(home) : new Installation(home, Path.of(run));
  }

  /** A command as its user calls it: {@code scripts/NAME} in a checkout, {@code bin/NAME} else. */
  public static String command(String name) {
    return System.getProperty(FOLDER_OF_COMMANDS, "scripts") + '/' + name;
  }

  /** Whether it is one in which brokers and clusters can be started. */
  public boolean isCheckout() {
    return !Files.isDirectory(libraries());
  }

  /** A file or folder of what is configured by default. */
  public Path config(String name) {
    return home.resolve("config").resolve(name);
  }

  /** The rules that jobs are started with where no others are named. */
  public Path rules() {
    return config("rules");
  }

  /** Something that commands write. */
  public Path run(String name) {
    return run.resolve(name);
  }

  /**
   * The jar of a job, to be submitted.
   *
   * @param job such as behavior
   * @throws IllegalStateException if it hasn't been built
   */
  public Path jobsJar(String job) {
    Path jobs = home.resolve("jobs");
    Path folder = isCheckout() ? jobs.resolve(job).resolve("target") : jobs;
    return find(folder, "customer-pulse-" + job + "-", "*-jobs.jar");
  }

  /**
   * A class path of Flink, without a class of the product: what stands in the lib folder of a
   * distribution.
   *
   * @throws IllegalStateException if the build hasn't made it
   */
  public String flinkClasspath() throws IOException {
    if (!isCheckout()) {
      // Its manifest names the others.
      return find(libraries(), "customer-pulse-flink-", "*.jar").toString();
    }
    Path file = home.resolve("jobs/flink/target/classpath.txt");
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: the build makes it");
    }
    return Files.readString(file).strip();
  }

  private Path libraries() {
    return home.resolve("lib");
  }

  private static Path find(Path folder, String prefix, String rest) {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, prefix + rest)) {
        for (Path jar : jars) {
          return jar;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(folder + " cannot be read", e);
      }
    }
    throw new IllegalStateException("There is no " + rest + " in " + folder + ": mvn package");
  }
}
