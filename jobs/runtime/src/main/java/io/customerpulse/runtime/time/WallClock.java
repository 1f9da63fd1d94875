package io.customerpulse.runtime.time;

import java.io.Serializable;
import java.time.InstantSource;

/** The clock on the wall, in a form that travels with a job, so that a test can move its own. */
@FunctionalInterface
public interface WallClock extends InstantSource, Serializable {

  /** The clock of the machine that the reader runs on, where that machine believes it is. */
  static WallClock system() {
    return new MachineClock();
  }
}
