package io.customerpulse.client.cli;

/**
 * Something to stop when the command ends, be it done or interrupted by Ctrl-C or kill. It is
 * stopped once: whichever comes first, the end or the signal.
 */
public final class ShutdownHook implements AutoCloseable {
  private final Runnable stop;
  private final Thread hook;
  private boolean stopped;

  /**
   * Begins to watch over something that runs.
   *
   * @param stop ends it; called by the thread that closes, or by the JVM's shutdown
   */
  public ShutdownHook(String name, Runnable stop) {
    this.stop = stop;
    this.hook = new Thread(this::stopOnce, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    stopOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs, or has run.
    }
  }

  private synchronized void stopOnce() {
    if (!stopped) {
      stopped = true;
      stop.run();
    }
  }
}
