package io.customerpulse.lab.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.customerpulse.client.installation.Installation;
import io.customerpulse.client.submit.JobKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is submitted to a cluster brings nothing that the cluster has. */
class JobsJarIT {
  private static final Installation HERE = Installation.checkout(Path.of("../.."));

  @ParameterizedTest
  @EnumSource(JobKind.class)
  void holdsEachClassOnceAndNoneOfFlinksOwn(JobKind job) throws IOException {
    List<String> ours = classes(HERE.jobsJar(job.commandName()));

    assertThat(ours).doesNotHaveDuplicates();
    assertThat(ours)
        .contains(job.mainClass().replace('.', '/') + ".class")
        .contains("org/apache/flink/connector/kafka/source/KafkaSource.class");
    Set<String> clusters = new HashSet<>();
    for (String library : Splitter.on(File.pathSeparatorChar).split(HERE.flinkClasspath())) {
      classes(Path.of(library)).stream().filter(JobsJarIT::isFlinks).forEach(clusters::add);
    }
    assertThat(clusters).contains("org/apache/flink/runtime/taskexecutor/TaskManagerRunner.class");
    assertThat(ours).noneMatch(clusters::contains);
  }

  /**
   * Flink itself and its logging; other libraries a job may bring in versions of its own. Of the
   * base of all connectors a cluster has the part that its file connector needs, ours brings the
   * rest: both are of one version.
   */
  private static boolean isFlinks(String name) {
    return (name.startsWith("org/apache/flink/")
            && !name.startsWith("org/apache/flink/connector/base/"))
        || name.startsWith("org/apache/logging/")
        || name.startsWith("org/slf4j/");
  }

  private static List<String> classes(Path jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
          names.add(entry.getName());
        }
      }
    }
    return names;
  }
}
