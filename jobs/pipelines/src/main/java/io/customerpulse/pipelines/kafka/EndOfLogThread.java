package io.customerpulse.pipelines.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the ends of the logs once a second, apart from the task thread. While the broker does
 * not answer, the wall clock is not followed, and that is all: event time goes on with the events.
 */
final class EndOfLogThread {
  private static final Logger LOG = LoggerFactory.getLogger(EndOfLogThread.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final int FAILURES_PER_WARNING = 12;

  private final EndOfLogWatch watch;
  private final LogEnds logEnds;
  private final TaskMailbox mailbox;
  private final Counter failures;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private int failuresInARow;

  /**
   * @param logEnds belongs to this thread from now on
   * @param failures counts the looks that the broker did not answer
   */
  EndOfLogThread(
      EndOfLogWatch watch, LogEnds logEnds, TaskMailbox mailbox, Counter failures, String name) {
    this.watch = watch;
    this.logEnds = logEnds;
    this.mailbox = mailbox;
    this.failures = failures;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean closing = false;
      while (!closing) {
        Duration pause = look() ? BETWEEN_LOOKS : AFTER_FAILURE;
        closing = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
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
      mailbox.put(watch.look());
      if (failuresInARow > 0) {
        LOG.info("The ends of the partitions are read again; the wall clock is followed");
        failuresInARow = 0;
      }
      return true;
    } catch (RuntimeException e) {
      if (closed.getCount() == 0) {
        return false;
      }
      failures.inc();
      if (failuresInARow++ % FAILURES_PER_WARNING == 0) {
        LOG.warn(
            "The ends of the partitions cannot be read; until they can, event time waits for events: {}",
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
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
