package io.customerpulse.lab.kafka;

import io.customerpulse.runtime.time.WallClock;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock moved by hand. It also says when it was looked at: once per look at the broker. */
final class HandClock implements WallClock {
  private static final AtomicLong MILLIS = new AtomicLong();
  private static final BlockingQueue<Long> LOOKS = new LinkedBlockingQueue<>();

  static void set(long millis) {
    MILLIS.set(millis);
  }

  /** Waits until the clock has been read so many times from now on. */
  static void awaitLooks(int count) throws InterruptedException {
    LOOKS.clear();
    for (int look = 0; look < count; look++) {
      if (LOOKS.poll(10, TimeUnit.SECONDS) == null) {
        throw new AssertionError("Nobody looks at the broker");
      }
    }
  }

  @Override
  public Instant instant() {
    LOOKS.add(MILLIS.get());
    return Instant.ofEpochMilli(MILLIS.get());
  }
}
