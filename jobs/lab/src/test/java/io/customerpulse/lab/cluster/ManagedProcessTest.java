package io.customerpulse.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedProcessTest {
  private final Process somebody = start();

  @AfterEach
  void end() {
    somebody.destroyForcibly();
  }

  @Test
  void aProcessThatWasCalledOtherwiseIsNotOursAndStaysAlive() {
    ManagedProcess stale = ManagedProcess.of("broker", somebody.toHandle(), "/run/args/broker");

    assertThat(stale.isAlive()).isFalse();
    stale.kill();
    stale.end();
    stale.halt();
    assertThat(somebody.isAlive()).isTrue();
  }

  @Test
  void aProcessThatBeganAtAnotherTimeIsNotOurs() {
    ManagedProcess ours = ManagedProcess.of("broker", somebody.toHandle(), "marked-as-ours");
    ManagedProcess before =
        new ManagedProcess("broker", ours.pid(), ours.startedAtMillis() - 60_000, "marked-as-ours");

    assertThat(ours.isAlive()).isTrue();
    assertThat(before.isAlive()).isFalse();
    before.kill();
    assertThat(somebody.isAlive()).isTrue();
    ours.kill();
    assertThat(somebody.isAlive()).isFalse();
  }

  @Test
  void aNumberThatNobodyHasIsNobody() throws InterruptedException {
    ManagedProcess gone = ManagedProcess.of("broker", somebody.toHandle(), "marked-as-ours");
    somebody.destroyForcibly().waitFor();

    assertThat(gone.isAlive()).isFalse();
    gone.kill();
  }

  /** A shell that waits for input that never comes, with a mark among its arguments. */
  private static Process start() {
    try {
      return new ProcessBuilder("sh", "-c", "read forever; exit 0", "@marked-as-ours").start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
