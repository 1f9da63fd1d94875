package io.customerpulse.client.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that tells how far a command is, overwritten in place. Where nobody looks,
 * it writes nothing. For one thread.
 */
public final class Progress implements AutoCloseable {
  private static final long INTERVAL_NANOS = 200_000_000;
  private static final String BACK_AND_CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long lastNanos;
  private boolean shown;

  Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /**
   * Progress on standard error. Java cannot ask whether that is a terminal, so the scripts say it
   * by the system property {@code customerpulse.terminal}.
   */
  public static Progress onStandardError() {
    return new Progress(System.err, Boolean.getBoolean("customerpulse.terminal"), System::nanoTime);
  }

  /** Shows a line, at most five times a second: cheap enough to be called for every record. */
  public void show(Supplier<String> line) {
    if (!terminal) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    shown = true;
    out.print(BACK_AND_CLEAR + line.get());
    out.flush();
  }

  /** Clears the line, so that what is printed next stands alone. */
  public void clear() {
    if (shown) {
      out.print(BACK_AND_CLEAR);
      out.flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
