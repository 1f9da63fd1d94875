package io.customerpulse.client.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  @TempDir private Path home;

  @Test
  void ofACheckoutTheBuildHasMadeWhatIsStarted() throws IOException {
    Installation checkout = Installation.checkout(home);
    assertThatThrownBy(() -> checkout.jobsJar("tables")).hasMessageEndingWith(": mvn package");
    assertThatThrownBy(checkout::flinkClasspath).hasMessageEndingWith("the build makes it");

    Path jar = file("jobs/tables/target/customer-pulse-tables-1.0-jobs.jar", "");
    file("jobs/tables/target/customer-pulse-tables-1.0.jar", "");
    file("jobs/flink/target/classpath.txt", "a.jar:b.jar\n");
    assertThat(checkout.jobsJar("tables")).isEqualTo(jar);
    assertThat(checkout.flinkClasspath()).isEqualTo("a.jar:b.jar");
    assertThat(checkout.run("jobs")).isEqualTo(home.resolve("run/jobs"));
  }

  @Test
  void unpackedItHasAllInTwoFoldersAndWritesElsewhere() throws IOException {
    Installation unpacked = new Installation(home, Path.of("/state"));
    Path flink = file("lib/customer-pulse-flink-1.0.jar", "");
    Path tables = file("jobs/customer-pulse-tables-1.0-jobs.jar", "");
    file("jobs/customer-pulse-behavior-1.0-jobs.jar", "");

    assertThat(unpacked.isCheckout()).isFalse();
    assertThat(unpacked.jobsJar("tables")).isEqualTo(tables);
    assertThat(unpacked.flinkClasspath()).isEqualTo(flink.toString());
    assertThat(unpacked.run("jobs")).isEqualTo(Path.of("/state/jobs"));
  }

  private Path file(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
