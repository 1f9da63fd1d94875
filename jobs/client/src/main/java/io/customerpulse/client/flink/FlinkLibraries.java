package io.customerpulse.client.flink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flink itself, as the build has found it: what stands in the lib folder of a distribution. */
public final class FlinkLibraries {
  private static final String CLASSPATH = "jobs/flink/target/classpath.txt";
  private static final String REPORTER = "jobs/flink/target/classes";

  private FlinkLibraries() {}

  /**
   * A class path of Flink alone, without a class of the product.
   *
   * @param home the repository's root
   * @throws IllegalStateException if the build hasn't made it
   */
  public static String classpath(Path home) throws IOException {
    Path file = home.resolve(CLASSPATH);
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: the build makes it");
    }
    return Files.readString(file).strip();
  }

  /**
   * The same with the reporter that shows metrics on this machine alone.
   *
   * @param home the repository's root
   */
  public static String classpathOfProcesses(Path home) throws IOException {
    return classpath(home) + File.pathSeparator + home.resolve(REPORTER);
  }
}
