package io.customerpulse.domain.episode;

import java.io.IOException;

/**
 * What a kind remembers of a customer beside its episodes, and how that is stored.
 *
 * @param <M> an immutable value with {@code equals}; of bounded size
 */
public interface MemoryForm<M> {

  /** What is remembered of a customer of whom nothing is; it is never stored. */
  M empty();

  /** The version that is written, from 1 to 255, and counts up as the form changes. */
  int version();

  void write(M memory, FieldWriter out) throws IOException;

  /**
   * Reads what was written.
   *
   * @param version from 1 to {@link #version()}
   */
  M read(int version, FieldReader in) throws IOException;

  /** Of kinds that remember nothing. */
  static MemoryForm<Void> none() {
    return NoMemory.INSTANCE;
  }
}
