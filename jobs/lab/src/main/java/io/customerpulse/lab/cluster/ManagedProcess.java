package io.customerpulse.lab.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that was started here, as a file remembers it. The system gives numbers of processes
 * again, so a number alone is nobody: it is ours if it began at the same time and was called with
 * the same file of arguments.
 *
 * @param role broker, jobmanager, taskmanager-1 …
 * @param argumentFile absolute path
 */
public record ManagedProcess(
    String role,
    long pid,
    @JsonProperty("started_at_millis") long startedAtMillis,
    @JsonProperty("argument_file") String argumentFile) {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
  private static final Duration DIES_WITHIN = Duration.ofSeconds(10);

  /** The system tells the time of a start in ticks of 10 ms since a boot that it only estimates. */
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

  /** Of a process that has just been started. */
  static ManagedProcess of(String role, ProcessHandle handle, String argumentFile) {
    Instant start = handle.info().startInstant().orElse(Instant.EPOCH);
    return new ManagedProcess(role, handle.pid(), start.toEpochMilli(), argumentFile);
  }

  @JsonIgnore
  public boolean isAlive() {
    return handle().isPresent();
  }

  /**
   * What it has used of the processors since its start.
   *
   * @throws IllegalStateException if it has ended, or the system doesn't tell
   */
  public Duration processorTime() {
    return handle()
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("No processor time of " + role + " is known"));
  }

  /** Asks it to end, insists if it doesn't; a process that isn't ours is left alone. */
  void end() {
    Optional<ProcessHandle> handle = handle();
    if (handle.isEmpty()) {
      return;
    }
    signal("CONT");
    handle.get().destroy();
    if (!hasEnded(handle.get(), ENDS_WITHIN)) {
      kill();
    }
  }

  /** Ends it as if the machine had lost it, and waits until it is gone. */
  public void kill() {
    handle()
        .ifPresent(
            handle -> {
              handle.destroyForcibly();
              if (!hasEnded(handle, DIES_WITHIN)) {
                throw new IllegalStateException(role + " (pid " + pid + ") cannot be killed");
              }
            });
  }

  /** Halts it where it is; it keeps its connections and answers nothing. */
  public void halt() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    if (!isAlive()) {
      return;
    }
    try {
      int code =
          new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid))).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + ' ' + pid + " failed with " + code);
      }
    } catch (IOException e) {
      throw new IllegalStateException("No signal can be sent: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
  }

  private boolean isOurs(ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    Instant start = info.startInstant().orElse(Instant.EPOCH);
    return Duration.between(Instant.ofEpochMilli(startedAtMillis), start)
                .abs()
                .compareTo(CLOCK_ERROR)
            <= 0
        && info.commandLine().orElse("").contains('@' + argumentFile);
  }

  private static boolean hasEnded(ProcessHandle handle, Duration within) {
    try {
      handle.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !handle.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
