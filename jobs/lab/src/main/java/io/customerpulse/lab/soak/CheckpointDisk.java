package io.customerpulse.lab.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The folder of the checkpoints, and what can be wrong with it. Who may mount gets a small file
 * system of its own for it, in memory, that can be full or read-only; for anybody else a file in
 * the place of the folder must do.
 */
final class CheckpointDisk implements AutoCloseable {
  private static final int SIZE_MEBIBYTES = 384;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int TRIES = 200;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final Path folder;
  private final boolean mounted;

  private CheckpointDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /** Makes the folder, as a file system of its own if that is allowed. */
  static CheckpointDisk make(Path folder) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        succeeds(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + SIZE_MEBIBYTES + "m",
            "tmpfs",
            folder.toString());
    return new CheckpointDisk(folder, mounted);
  }

  /** What an earlier run, that was killed, has left mounted. */
  static void release(Path folder) {
    if (Files.isDirectory(folder)) {
      succeeds("umount", folder.toString());
    }
  }

  boolean canBeFull() {
    return mounted;
  }

  /** Nothing can be written until it is made writable again. */
  void makeReadOnly() throws IOException {
    if (mounted) {
      // Refused while a file is being written, which never lasts.
      for (int tries = 0; tries < TRIES; tries++) {
        if (succeeds("mount", "-o", "remount,ro", folder.toString())) {
          return;
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
      throw new IllegalStateException(
          folder + " cannot be made read-only: it is always written to");
    }
    Files.move(folder, aside(), StandardCopyOption.ATOMIC_MOVE);
    Files.createFile(folder);
  }

  void makeWritable() throws IOException {
    if (mounted) {
      if (!succeeds("mount", "-o", "remount,rw", folder.toString())) {
        throw new IllegalStateException(folder + " cannot be made writable again");
      }
      return;
    }
    Files.delete(folder);
    Files.move(aside(), folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves no byte free until it is freed. */
  void fill() {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full: as intended.
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private Path aside() {
    return folder.resolveSibling(folder.getFileName() + "-aside");
  }

  @Override
  public void close() {
    if (mounted) {
      succeeds("umount", "-l", folder.toString());
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      // A system without the command.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted at " + command[0], e));
    }
  }
}
