package io.customerpulse.lab.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.analytics.query.QueryCommand;
import io.customerpulse.analytics.report.ReportCommand;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.history.replay.ReplayCommand;
import io.customerpulse.lab.demo.DemoCommand;
import io.customerpulse.runtime.lock.RunLock;
import io.customerpulse.tables.BoundedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands say of folders that another run has, or that one has left half done. */
class UnfinishedTablesTest {
  private static final String EVENT =
      "{\"type\":\"browse\",\"app_id\":\"a\",\"openid\":\"o\",\"event_time\":1709258400000}\n";

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();
  private Path warehouse;
  private Path out;
  private Path events;

  @BeforeEach
  void place() throws IOException {
    warehouse = folder.resolve("warehouse");
    out = folder.resolve("out");
    events = Files.writeString(folder.resolve("events.jsonl"), EVENT);
  }

  @Test
  void tablesThatAReplayFillsAreNeitherAskedNorFilledByAnother() throws IOException {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      run.begin();

      assertThat(ask()).isEqualTo(1);
      assertSaid("scripts/query: " + warehouse + " is being filled by scripts/replay (pid ");
      assertThat(report()).isEqualTo(1);
      assertSaid("scripts/report: " + warehouse + " is being filled by scripts/replay (pid ");
      assertThat(replay()).isEqualTo(1);
      assertSaid("scripts/replay: " + warehouse + " is in use by scripts/replay (pid ");
      // The tables are seen to first: nothing is left in the other place.
      assertThat(out).doesNotExist();
      assertThat(demo()).isEqualTo(1);
      assertSaid("scripts/demo: " + warehouse + " is in use by scripts/replay (pid ");
    }
  }

  @Test
  void tablesThatWereLeftUnfinishedAreNotAskedAndCanBeFilledAgain() throws IOException {
    try (BoundedRun run = BoundedRun.take(warehouse, "scripts/replay")) {
      run.begin();
    }

    assertThat(ask()).isEqualTo(1);
    assertSaid("scripts/query: " + warehouse + " is unfinished: scripts/replay (pid ");
    assertThat(report()).isEqualTo(1);
    assertSaid("scripts/report: " + warehouse + " is unfinished: scripts/replay (pid ");
    assertThat(replay()).as(said.toString()).isZero();
    assertThat(ask()).as(said.toString()).isZero();
    assertThat(out.resolve(".replay-lock")).doesNotExist();
    assertThat(warehouse.resolve("bounded-run.lock")).doesNotExist();
  }

  @Test
  void aFolderOfOutputsHasOneReplayAtATime() throws IOException {
    Path unfinished = Files.createDirectories(out.resolve(".replay-1/sort"));
    try (RunLock lock =
        RunLock.take(out.resolve(".replay-lock"), "", RunLock.owner("scripts/replay"))) {
      assertThat(replay()).isEqualTo(1);
      assertSaid("scripts/replay: --out " + out + " is in use by scripts/replay (pid ");
      // It is the other's, who works there.
      assertThat(unfinished).isDirectory();
    }
    assertThat(warehouse.resolve("bounded-run.lock")).doesNotExist();
  }

  private int ask() {
    return run(new QueryCommand(), "query", "--warehouse", warehouse.toString(), "SHOW TABLES");
  }

  private int report() {
    return run(
        new ReportCommand(),
        "report",
        "--warehouse",
        warehouse.toString(),
        "--out",
        folder.resolve("r.html").toString());
  }

  private int demo() {
    return run(new DemoCommand(), "demo", "--tables", warehouse.toString());
  }

  private int replay() {
    return run(
        new ReplayCommand(),
        "replay",
        "--input",
        events.toString(),
        "--out",
        out.toString(),
        "--rules",
        "../../config/rules",
        "--tables",
        warehouse.toString());
  }

  private int run(Object command, String name, String... args) {
    said.getBuffer().setLength(0);
    String home = System.getProperty("customerpulse.home");
    System.setProperty("customerpulse.home", home(name));
    try {
      CommandLine line = new CommandLine(command).setCommandName("scripts/" + name);
      return CustomerPulseCommand.configured(line, new PrintWriter(said, true))
          .setOut(new PrintWriter(new StringWriter()))
          .execute(args);
    } finally {
      if (home == null) {
        System.clearProperty("customerpulse.home");
      } else {
        System.setProperty("customerpulse.home", home);
      }
    }
  }

  /** A demo makes its folders in the product's own. */
  private String home(String name) {
    return name.equals("demo") ? folder.resolve("home").toString() : "../..";
  }

  private void assertSaid(String start) {
    assertThat(said.toString().lines()).singleElement().asString().startsWith(start);
  }
}
