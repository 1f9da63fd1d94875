package io.customerpulse.domain.episode;

/** Remembers nothing, which is never stored. */
enum NoMemory implements MemoryForm<Void> {
  INSTANCE;

  @Override
  public Void empty() {
    return null;
  }

  @Override
  public int version() {
    return 0;
  }

  @Override
  public void write(Void memory, FieldWriter out) {}

  @Override
  public Void read(int version, FieldReader in) {
    return null;
  }
}
