package io.customerpulse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.client.submit.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the tarball, and what doesn't. */
class LayoutIT {
  private static final Pattern VERSION = Pattern.compile("-\\d.*\\.jar$");
  private static final List<String> STARTED_FROM =
      List.of("client", "history", "analytics", "flink");

  @TempDir private static Path folder;

  private static Path home;
  private static List<Path> libraries;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", Installed.tarball().toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    home = list(folder).get(0);
    libraries = list(home.resolve("lib"));
  }

  @Test
  void hasNothingButWhatItIsFor() throws IOException {
    assertThat(names(list(home)))
        .containsExactly("LICENSE", "NOTICE", "bin", "config", "jobs", "lib");
    for (JobKind job : JobKind.values()) {
      assertThat(names(list(home.resolve("jobs"))))
          .anyMatch(name -> name.matches("customer-pulse-" + job.commandName() + "-.*-jobs\\.jar"));
    }
    assertThat(list(home.resolve("jobs"))).hasSize(JobKind.values().length);
    assertThat(home.resolve("config/rules/cart-reminder.yaml")).exists();
  }

  @Test
  void ofEachLibraryThereIsOne() {
    assertThat(names(libraries).stream().map(name -> VERSION.matcher(name).replaceFirst("")))
        .hasSizeGreaterThan(50)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyLibraryIsWantedAndEveryOneThatIsWantedIsThere() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (Path library : libraries) {
      String name = library.getFileName().toString();
      if (STARTED_FROM.stream().anyMatch(module -> name.startsWith("customer-pulse-" + module))) {
        List<String> those = classPath(library);
        assertThat(those).as(name).isNotEmpty();
        wanted.add(name);
        wanted.addAll(those);
      }
    }
    assertThat(names(libraries)).containsExactlyElementsOf(wanted);
  }

  /** Flink's own client takes classes of the product from the jar that it submits, or none. */
  @Test
  void flinkHasNoClassOfTheProductAndOperationsHaveNoPlanner() throws IOException {
    assertThat(classPath(module("flink"))).noneMatch(name -> name.startsWith("customer-pulse-"));
    assertThat(classPath(module("client")))
        .noneMatch(name -> name.startsWith("paimon") || name.startsWith("flink-table-planner"));
  }

  @Test
  void nothingOfTheLabAndNoTestsAreIn() throws IOException {
    assertThat(names(libraries))
        .noneMatch(name -> name.contains("lab") && name.startsWith("customer-pulse-"))
        .noneMatch(name -> name.startsWith("kafka_2.") || name.startsWith("kafka-server"))
        .noneMatch(name -> name.endsWith("-tests.jar") || name.startsWith("junit"));
    for (Path jar :
        Stream.concat(libraries.stream(), list(home.resolve("jobs")).stream()).toList()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.getEntry("io/customerpulse/lab")).as(jar.toString()).isNull();
        assertThat(file.stream().map(entry -> entry.getName()))
            .as(jar.toString())
            .noneMatch(
                name ->
                    name.startsWith("io/customerpulse/lab/")
                        || name.startsWith("org/junit/jupiter/")
                        || name.equals("kafka/server/KafkaServer.class"));
      }
    }
  }

  @Test
  void theLicenceOfEachLibraryIsTold() throws IOException {
    String notice = Files.readString(home.resolve("NOTICE"));
    assertThat(names(libraries))
        .filteredOn(name -> !name.startsWith("customer-pulse-"))
        .allSatisfy(name -> assertThat(notice).contains("lib/" + name + "\n"));
    assertThat(notice.toLowerCase(java.util.Locale.ROOT)).doesNotContain("unknown license");
  }

  /** No machine of the tests builds images: at least they copy what there is, and run as nobody. */
  @Test
  void dockerfilesNameWhatThereIs() throws IOException {
    String job = Files.readString(home.resolve("config/docker/job.Dockerfile"));
    String client = Files.readString(home.resolve("config/docker/client.Dockerfile"));
    assertThat(job)
        .containsPattern("(?m)^ARG FLINK=flink:2\\.3\\.0-java17$")
        .contains("FROM ${FLINK}");
    assertThat(client).containsPattern("(?m)^ARG JRE=.*17.*$").contains("FROM ${JRE}");
    assertThat(job).containsPattern("(?m)^USER flink$");
    assertThat(client).containsPattern("(?m)^USER \\d+:\\d+$");

    Matcher copied = Pattern.compile("(?m)^COPY --chown=flink:flink (\\S+) (\\S+)$").matcher(job);
    assertThat(copied.find()).isTrue();
    for (JobKind which : JobKind.values()) {
      String glob = copied.group(1).replace("${JOB}", which.commandName());
      try (Stream<Path> files = Files.list(home.resolve("jobs"))) {
        assertThat(
                files.filter(
                    file ->
                        home.getFileSystem()
                            .getPathMatcher("glob:" + glob)
                            .matches(home.relativize(file))))
            .hasSize(1);
      }
    }
    assertThat(Files.readString(home.resolve("config/kubernetes/behavior.yaml")))
        .contains("jarURI: local://" + copied.group(2) + "\n");
  }

  private static Path module(String name) {
    return libraries.stream()
        .filter(path -> path.getFileName().toString().startsWith("customer-pulse-" + name + "-"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> classPath(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String value = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return value == null ? List.of() : List.of(value.split(" "));
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(path -> path.getFileName().toString()).toList();
  }
}
