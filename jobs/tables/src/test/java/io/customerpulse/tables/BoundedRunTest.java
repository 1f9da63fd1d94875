package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.behavior.settings.TablesSettings;
import io.customerpulse.runtime.lock.NotReadyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may write to a warehouse, and who may ask it, while a run fills it and after it was ended.
 */
class BoundedRunTest {
  private static final Instant AS_OF = Instant.parse("2024-03-01T02:00:00Z");

  @TempDir private Path folder;

  private Path warehouse;
  private Process other;

  @BeforeEach
  void place() {
    warehouse = folder.resolve("warehouse");
  }

  @AfterEach
  void endTheOther() {
    if (other != null) {
      other.destroyForcibly();
    }
  }

  @Test
  void aRunThatHasEndedIsAnsweredForAndMayBeReplaced() throws Exception {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      run.begin();
      Files.createDirectories(warehouse.resolve("customer_pulse.db/triggers"));
      run.end(AS_OF);
      assertThatCode(() -> BoundedRun.requireFilled(settings())).doesNotThrowAnyException();
    }
    assertThat(BoundedRun.asOf(settings())).hasValue(AS_OF);
    assertThat(BoundedRun.isForeign(warehouse)).isFalse();

    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/demo")) {
      // What is there counts until the next run begins.
      assertThat(BoundedRun.asOf(settings())).hasValue(AS_OF);
      run.begin();
      assertThat(warehouse.resolve("customer_pulse.db")).doesNotExist();
    }
  }

  @Test
  void whoeverHasItIsNamedToASecondRunAndToThoseWhoAsk() throws Exception {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      run.begin();
      String holder = "scripts/replay (pid " + ProcessHandle.current().pid() + " on ";
      assertThatThrownBy(() -> BoundedRun.take(warehouse, "scripts/demo"))
          .isInstanceOf(NotReadyException.class)
          .hasMessageStartingWith(warehouse + " is in use by " + holder);
      assertThatThrownBy(() -> BoundedRun.requireFilled(settings()))
          .isInstanceOf(NotReadyException.class)
          .hasMessageStartingWith(warehouse + " is being filled by " + holder);
      assertThat(BoundedRun.asOf(settings())).isEmpty();
    }
  }

  @Test
  void aRunThatFailedLeavesItsTablesUnfinished() throws Exception {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      run.begin();
    }
    assertUnfinished("scripts/replay (pid " + ProcessHandle.current().pid());
    assertThat(BoundedRun.isForeign(warehouse)).isFalse();
  }

  @Test
  void anUnfinishedFolderOfAnEarlierReleaseIsKnown() throws Exception {
    Files.createDirectories(warehouse.resolve("customer_pulse.db"));
    Files.createFile(warehouse.resolve("bounded-run"));
    assertUnfinished("a replay or demo");
  }

  @Test
  void aRunOfAnotherProcessHoldsItUntilItIsKilled() throws Exception {
    start();
    String holder = "scripts/replay (pid " + other.pid() + " on ";
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> BoundedRun.requireFilled(settings()))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("is being filled by " + holder);
    }
    assertThatThrownBy(() -> BoundedRun.take(warehouse, "scripts/demo"))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("is in use by " + holder);
    assertRefusedToTheJob();

    other.destroyForcibly().waitFor();

    assertUnfinished(holder);
    assertRefusedToTheJob();
    try (BoundedRun next = BoundedRun.take(warehouse, "scripts/demo")) {
      next.begin();
      next.end(AS_OF);
    }
    assertThat(BoundedRun.asOf(settings())).hasValue(AS_OF);
  }

  @Test
  void aRunThatIsInterruptedLetsItGo() throws Exception {
    start();
    // As Ctrl-C does; but that a process which was started in the background may not hear.
    new ProcessBuilder("kill", "-TERM", Long.toString(other.pid())).start().waitFor();
    other.waitFor();

    assertUnfinished("scripts/replay (pid " + other.pid());
    BoundedRun.take(warehouse, "scripts/demo").close();
  }

  @Test
  void aRunThatEndsLeavesNoLockBehind() throws Exception {
    start();
    other.getOutputStream().close();
    assertThat(other.waitFor()).isZero();

    assertThat(warehouse.resolve("bounded-run.lock")).doesNotExist();
    BoundedRun.take(warehouse, "scripts/demo").close();
  }

  @Test
  void whatSomethingElseHasFilledMeanwhileIsNotReplaced() throws Exception {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      Path table = Files.createDirectories(warehouse.resolve("customer_pulse.db/triggers"));
      assertThatThrownBy(run::begin).isInstanceOf(NotReadyException.class);
      assertThat(table).isDirectory();
    }
  }

  @Test
  void whatTheTablesJobFillsIsAlwaysReady() throws Exception {
    Files.createDirectories(warehouse.resolve("customer_pulse.db/triggers"));
    assertThatCode(() -> BoundedRun.requireFilled(settings())).doesNotThrowAnyException();
    assertThat(BoundedRun.asOf(settings())).isEmpty();
    assertThatCode(
            () ->
                BoundedRun.requireFilled(
                    DeploymentSettingsReader.defaults()
                        .withWarehouse("s3://bucket/tables")
                        .tables()))
        .doesNotThrowAnyException();
  }

  private void assertUnfinished(String by) {
    assertThatThrownBy(() -> BoundedRun.requireFilled(settings()))
        .isInstanceOf(NotReadyException.class)
        .hasMessageStartingWith(warehouse + " is unfinished: " + by)
        .hasMessageEndingWith("Run it again: it replaces them");
  }

  private void assertRefusedToTheJob() throws IOException {
    Path config =
        Files.writeString(folder.resolve("c.yaml"), "tables: {warehouse: \"" + warehouse + "\"}\n");
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    assertThat(new TablesCommand().read(nowhere, nowhere, "--config", config.toString()))
        .hasValue(2);
  }

  /** A process that has begun to fill the warehouse. */
  private void start() throws IOException {
    other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                warehouse.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
    assertThat(said.readLine()).isEqualTo("begun");
  }

  private TablesSettings settings() {
    return DeploymentSettingsReader.defaults().withWarehouse(warehouse.toString()).tables();
  }

  /** Begins to fill a warehouse, and goes on until nobody has anything more to say. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (BoundedRun run = BoundedRun.take(Path.of(args[0]), "scripts/replay")) {
        run.begin();
        System.out.println("begun");
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
  }
}
