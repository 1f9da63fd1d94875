package io.customerpulse.runtime.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one run at a time write to a folder. The operating system holds the lock for the process, so
 * that it goes with the process, however that ends; the file says who holds it.
 */
public final class RunLock implements AutoCloseable {
  /** Whoever looks whether a lock is held has it for a moment. */
  private static final int ATTEMPTS = 10;

  private static final long BETWEEN_ATTEMPTS_NANOS = 50_000_000;

  /**
   * File → holder, of this process. POSIX takes a process's lock away when it closes the file
   * anywhere: no file in here is opened again.
   */
  private static final Map<Path, String> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a lock.
   *
   * @param file made if it is missing, with its folder; removed at the end
   * @param what is locked, for a person
   * @param owner from {@link #owner}
   * @throws NotReadyException if somebody else has it
   * @throws IOException if the file system has no locks, or the file can't be written
   */
  public static RunLock take(Path file, String what, String owner) throws IOException {
    synchronized (HELD) {
      Path key = key(file);
      for (int i = 0; i < ATTEMPTS && !HELD.containsKey(key); i++) {
        FileChannel channel = lock(key);
        if (channel != null) {
          HELD.put(key, owner);
          RunLock lock = new RunLock(key, channel);
          lock.write(owner);
          return lock;
        }
        LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
      }
    }
    throw new NotReadyException(
        what
            + " is in use by "
            + holder(file).orElse("another run")
            + "; wait until that has ended, or end it");
  }

  /** Who a run is: its command, process, machine and time of start. */
  public static String owner(String command) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "a machine without a name";
    }
    return command
        + " (pid "
        + ProcessHandle.current().pid()
        + " on "
        + host
        + ", since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + ")";
  }

  /** Who holds a lock now; empty if nobody does. */
  public static Optional<String> holder(Path file) {
    synchronized (HELD) {
      Path key = key(file);
      if (HELD.containsKey(key)) {
        return Optional.of(HELD.get(key));
      }
      try (FileChannel channel = FileChannel.open(key, StandardOpenOption.READ)) {
        if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
          return Optional.empty();
        }
        String said =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        return Optional.of(said.isEmpty() ? "another run" : said);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The file, open and locked; null if it is somebody else's, or was until just now. */
  private static FileChannel lock(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Somebody's, or left behind by a process that was killed.
    }
    FileChannel channel = null;
    try {
      Object before = identity(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      // Whoever had it before has removed the file: what is locked must be what stands there.
      if (lock != null && Objects.equals(before, identity(file))) {
        return channel;
      }
    } catch (NoSuchFileException e) {
      // Removed just now.
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      throw new IOException(file + " can't be locked: " + e.getMessage(), e);
    }
    if (channel != null) {
      channel.close();
    }
    return null;
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** One name for a file, whatever links lead to its folder. */
  private static Path key(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      // There is no such folder yet.
      return absolute;
    }
  }

  private void write(String owner) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        try {
          Files.deleteIfExists(file);
        } finally {
          HELD.remove(file);
          channel.close();
        }
      }
    }
  }
}
