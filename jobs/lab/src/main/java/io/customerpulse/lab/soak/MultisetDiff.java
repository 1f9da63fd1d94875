package io.customerpulse.lab.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each line is seen on either of two sides. Lines are kept as hashes of 128 bits: some
 * hundred bytes for each different one.
 */
final class MultisetDiff {
  private record Hash(long high, long low) {}

  private final Map<Hash, Integer> balance = new HashMap<>();
  private long expected;
  private long found;

  void expect(String line) {
    expected++;
    add(line, 1);
  }

  void find(String line) {
    found++;
    add(line, -1);
  }

  private void add(String line, int change) {
    // What is balanced is forgotten.
    balance.merge(
        hash(line),
        change,
        (before, more) -> before + more == 0 ? null : Integer.valueOf(before + more));
  }

  long expected() {
    return expected;
  }

  long found() {
    return found;
  }

  boolean areEqual() {
    return balance.isEmpty();
  }

  /** Lines that are missing: expected more often than found. */
  long missing() {
    return balance.values().stream().filter(n -> n > 0).mapToLong(n -> n).sum();
  }

  /** Lines that are too many: found more often than expected. */
  long surplus() {
    return balance.values().stream().filter(n -> n < 0).mapToLong(n -> -n).sum();
  }

  /** Whether a line is one of those that differ. */
  boolean differs(String line) {
    return balance.containsKey(hash(line));
  }

  private static Hash hash(String line) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8)));
      return new Hash(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
