package io.customerpulse.runtime.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the logs once a second, apart from the task thread. While the broker does not answer, no
 * new split is read and the wall clock is not followed, and that is all: event time goes on with
 * the events.
 */
final class BrokerThread {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerThread.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final int FAILURES_PER_WARNING = 12;

  private final List<Look> looks;
  private final LogEnds logEnds;
  private final Counter failures;

  /** Asked for without waiting. */
  private final Semaphore asked = new Semaphore(0);

  private final Thread thread;
  private volatile boolean closing;
  private int failuresInARow;

  /** May block for seconds, and fails when the broker does. */
  @FunctionalInterface
  interface Look {
    void look() throws InterruptedException;
  }

  /**
   * @param looks taken in this order
   * @param logEnds belongs to this thread from now on
   * @param failures counts the looks that the broker did not answer
   */
  BrokerThread(List<Look> looks, LogEnds logEnds, Counter failures, String name) {
    this.looks = List.copyOf(looks);
    this.logEnds = logEnds;
    this.failures = failures;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** There is something new to look at. */
  void lookNow() {
    asked.release();
  }

  private void run() {
    try {
      while (!closing) {
        asked.drainPermits();
        Duration pause = look() ? BETWEEN_LOOKS : AFTER_FAILURE;
        if (asked.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.debug("Looks at once");
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped watching", e);
    } finally {
      closeClients();
    }
  }

  /** True if the broker answered. */
  private boolean look() throws InterruptedException {
    try {
      for (Look look : looks) {
        look.look();
      }
      if (failuresInARow > 0) {
        LOG.info("The ends of the partitions are read again");
        failuresInARow = 0;
      }
      return true;
    } catch (RuntimeException e) {
      if (closing) {
        return false;
      }
      failures.inc();
      if (failuresInARow++ % FAILURES_PER_WARNING == 0) {
        LOG.warn(
            "The ends of the partitions cannot be read; until they can, event time waits for events and no new partition is read: {}",
            e.getMessage());
      }
      closeClients();
      return false;
    }
  }

  private void closeClients() {
    try {
      logEnds.close();
    } catch (RuntimeException e) {
      LOG.debug("A client of a broker that does not answer did not close", e);
    }
  }

  /** Ends the thread and waits for it a little, so that no class is needed after its job. */
  void stop() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
