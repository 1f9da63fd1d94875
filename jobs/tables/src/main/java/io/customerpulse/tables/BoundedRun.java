package io.customerpulse.tables;

import io.customerpulse.domain.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Marks a folder as the warehouse of a run that ends, a replay or a demo: the next such run may
 * replace it, and its today is the day at which it ended.
 */
public final class BoundedRun {
  private static final String MARK = "bounded-run";

  private final Path warehouse;

  public BoundedRun(Path warehouse) {
    this.warehouse = warehouse;
  }

  /** Whether something else stands there, which must not be replaced. */
  public boolean isForeign() {
    if (!Files.exists(warehouse)) {
      return false;
    }
    if (!Files.isDirectory(warehouse)) {
      return true;
    }
    try (Stream<Path> content = Files.list(warehouse)) {
      List<Path> names = content.toList();
      return !names.isEmpty() && !names.contains(warehouse.resolve(MARK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a warehouse is such a folder. */
  static boolean isIn(Settings.Tables settings) {
    return mark(settings).filter(Files::exists).isPresent();
  }

  private static Optional<Path> mark(Settings.Tables settings) {
    return Warehouse.isUri(settings.warehouse())
        ? Optional.empty()
        : Optional.of(Path.of(settings.warehouse()).resolve(MARK));
  }

  /** Removes what an earlier run has left, and marks the folder as this one's. */
  public void begin() throws IOException {
    FileUtils.deleteDirectory(warehouse.toFile());
    Files.createDirectories(warehouse);
    Files.createFile(warehouse.resolve(MARK));
  }

  /** Notes the event time at which the run has ended. */
  public void end(Instant asOf) throws IOException {
    Files.writeString(warehouse.resolve(MARK), asOf.toString());
  }

  /** The event time at which the run that filled a warehouse ended; empty if it has no end. */
  public static Optional<Instant> asOf(Settings.Tables settings) {
    if (!isIn(settings)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(mark(settings).orElseThrow());
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
