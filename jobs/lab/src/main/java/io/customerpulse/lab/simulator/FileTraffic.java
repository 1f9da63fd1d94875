package io.customerpulse.lab.simulator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes records as lines of a file: JSON lines, but for the broken ones. */
public final class FileTraffic {
  private static final int MAX_WINDOW = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Simulator simulator;
  private final int window;

  /**
   * Records keep to their window of so many numbers, and are shuffled within it.
   *
   * @param window 1: in order; at most 1,048,576. Only numbers are held, no records
   * @throws IllegalArgumentException if the window is not allowed
   */
  public FileTraffic(Simulator simulator, int window) {
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException(
          "window: " + window + " is not allowed; allowed: 1 to " + MAX_WINDOW);
    }
    this.simulator = simulator;
    this.window = window;
  }

  /**
   * Writes records {@code from} (inclusive) to {@code to} (exclusive) into a new file, or over an
   * old one.
   */
  public void write(Path file, long from, long to) throws IOException {
    SeededRandom random = new SeededRandom(simulator.settings().seed());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      for (long start = from; start < to; start += window) {
        int size = (int) Math.min(window, to - start);
        for (int place : shuffled(size, start, random)) {
          out.write(simulator.event(start + place).value());
          out.write('\n');
        }
      }
    }
  }

  private static int[] shuffled(int size, long start, SeededRandom random) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.below(i + 1, RandomPurpose.SHUFFLE, start + i);
      places[i] = places[other];
      places[other] = i;
    }
    return places;
  }
}
