package io.customerpulse.tables;

import io.customerpulse.behavior.settings.TablesSettings;
import io.customerpulse.runtime.lock.NotReadyException;
import io.customerpulse.runtime.lock.RunLock;
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
 * A run that ends, a replay or a demo, and the folder that is its warehouse: it alone writes there
 * while it runs, the next such run may replace it, and its today is the day at which it ended.
 */
public final class BoundedRun implements AutoCloseable {
  /** Marks the folder: the event time at which the run ended, or who has begun and not ended. */
  private static final String MARK = "bounded-run";

  private static final String LOCK = "bounded-run.lock";
  private static final String UNFINISHED = "unfinished: ";

  private final Path warehouse;
  private final String owner;
  private final RunLock lock;

  private BoundedRun(Path warehouse, String owner, RunLock lock) {
    this.warehouse = warehouse;
    this.owner = owner;
    this.lock = lock;
  }

  /**
   * Makes a warehouse a run's own; what is in it stays until the run {@link #begin begins}.
   *
   * @param warehouse made if it is missing
   * @param command for those who find it taken
   * @throws NotReadyException if another run has it
   */
  public static BoundedRun take(Path warehouse, String command) throws IOException {
    String owner = RunLock.owner(command);
    return new BoundedRun(
        warehouse, owner, RunLock.take(warehouse.resolve(LOCK), warehouse.toString(), owner));
  }

  /** Whether something else stands there, which must not be replaced. */
  public static boolean isForeign(Path warehouse) {
    if (!Files.exists(warehouse)) {
      return false;
    }
    if (!Files.isDirectory(warehouse)) {
      return true;
    }
    List<Path> names = content(warehouse);
    return !names.isEmpty() && !names.contains(warehouse.resolve(MARK));
  }

  private static List<Path> content(Path warehouse) {
    try (Stream<Path> content = Files.list(warehouse)) {
      return content.filter(path -> !path.equals(warehouse.resolve(LOCK))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a warehouse is such a folder, or is about to become one. */
  static boolean isIn(TablesSettings settings) {
    return folder(settings)
        .filter(
            folder ->
                Files.exists(folder.resolve(MARK))
                    || RunLock.holder(folder.resolve(LOCK)).isPresent())
        .isPresent();
  }

  private static Optional<Path> folder(TablesSettings settings) {
    return Warehouse.isUri(settings.warehouse())
        ? Optional.empty()
        : Optional.of(Path.of(settings.warehouse()));
  }

  /** Removes what an earlier run has left, and marks the folder as this one's. */
  public void begin() throws IOException {
    if (isForeign(warehouse)) {
      throw new NotReadyException(
          warehouse + " has been filled by something else meanwhile: choose another folder");
    }
    // Whoever is stopped on the way leaves a folder that says so.
    Files.writeString(warehouse.resolve(MARK), UNFINISHED + owner);
    for (Path path : content(warehouse)) {
      if (!path.equals(warehouse.resolve(MARK))) {
        FileUtils.deleteFileOrDirectory(path.toFile());
      }
    }
  }

  /** Notes the event time at which the run has ended. */
  public void end(Instant asOf) throws IOException {
    Files.writeString(warehouse.resolve(MARK), asOf.toString());
  }

  /** The event time at which the run that filled a warehouse ended; empty if it has no end. */
  public static Optional<Instant> asOf(TablesSettings settings) {
    return mark(settings).filter(text -> !isUnfinished(text)).map(Instant::parse);
  }

  /**
   * Makes sure that no run has only half filled a warehouse. One that the tables job fills is
   * always right.
   *
   * @throws NotReadyException says who fills it, or that it was left unfinished
   */
  public static void requireFilled(TablesSettings settings) {
    Optional<String> mark = mark(settings);
    if (mark.filter(text -> !isUnfinished(text)).isPresent()) {
      return;
    }
    Optional<String> holder =
        folder(settings).flatMap(folder -> RunLock.holder(folder.resolve(LOCK)));
    if (holder.isPresent()) {
      throw new NotReadyException(
          settings.warehouse()
              + " is being filled by "
              + holder.get()
              + "; ask again when that has ended");
    }
    if (mark.isPresent()) {
      String by =
          mark.get().isEmpty() ? "a replay or demo" : mark.get().substring(UNFINISHED.length());
      throw new NotReadyException(
          settings.warehouse()
              + " is unfinished: "
              + by
              + " was stopped while it filled the tables. Run it again: it replaces them");
    }
  }

  /** An empty one is that of a release that didn't name who had begun. */
  private static boolean isUnfinished(String mark) {
    return mark.isEmpty() || mark.startsWith(UNFINISHED);
  }

  private static Optional<String> mark(TablesSettings settings) {
    Optional<Path> file = folder(settings).map(folder -> folder.resolve(MARK));
    if (file.filter(Files::exists).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the warehouse to others. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
