package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which owners live: each holds a lock on a file of its own beside the journal, which the
 * system lets go of when its process dies, however it dies. All but {@link #close} is called inside
 * a write transaction, which keeps other processes out.
 *
 * <p>A process's lock on a file is gone as soon as the process closes any descriptor of it. So
 * files of owners in this process are never opened twice: it keeps a list.
 */
final class OwnerFiles implements AutoCloseable {

  private static final int NAME_LENGTH = 32;

  /** By file, of this whole process: guarded by itself. */
  private static final Map<Path, Held> HELD = new HashMap<>();

  /** Locked by another copy of this class in the same process: closed never, tried again. */
  private static final Map<Path, FileChannel> FOREIGN = new HashMap<>();

  private final Path directory;
  private final Set<Path> own = new HashSet<>();

  /** A lock and how many journals of this process stand behind it. */
  private static final class Held {
    private final FileChannel channel;
    private int journals = 1;

    private Held(FileChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * @param directory is made if it is missing
   */
  OwnerFiles(Path directory) throws IOException {
    JournalFile.createDirectory(directory);
    this.directory = directory.toRealPath();
  }

  /** Proves from now on, until it dies or lets go, that this owner lives. */
  void hold(String owner) throws IOException {
    Path file = file(owner);
    synchronized (HELD) {
      if (!own.add(file)) {
        return;
      }
      Held held = HELD.get(file);
      if (held != null) {
        held.journals++;
        return;
      }
      FileChannel channel = JournalFile.lockFile(file);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        FOREIGN.put(file, channel);
      }
      if (lock == null) {
        own.remove(file);
        if (!FOREIGN.containsKey(file)) {
          channel.close();
        }
        throw new IOException("another process goes by the name of " + owner);
      }
      HELD.put(file, new Held(channel));
    }
  }

  /** Lets go of an owner that goes away by itself. */
  void letGo(String owner) throws IOException {
    letGo(file(owner));
  }

  private void letGo(Path file) throws IOException {
    synchronized (HELD) {
      Held held = own.remove(file) ? HELD.get(file) : null;
      if (held != null && --held.journals == 0) {
        HELD.remove(file);
        Files.deleteIfExists(file);
        held.channel.close();
      }
    }
  }

  /** Whether that owner's process is gone; if so, its file is removed. */
  boolean isDead(String owner) throws IOException {
    return isDead(file(owner));
  }

  private static boolean isDead(Path file) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(file)) {
        return false;
      }
      FileChannel channel = FOREIGN.remove(file);
      if (!Files.exists(file)) {
        close(channel);
        return true;
      }
      if (channel == null) {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
      }
      try {
        boolean dead = channel.tryLock() != null;
        if (dead) {
          Files.deleteIfExists(file);
        }
        channel.close();
        return dead;
      } catch (OverlappingFileLockException e) {
        FOREIGN.put(file, channel);
        return false;
      }
    }
  }

  private static void close(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  /** Lets go of every owner of this journal. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      for (Path file : Set.copyOf(own)) {
        letGo(file);
      }
    }
  }

  /** An owner's name may hold what no file's may. */
  private Path file(String owner) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(owner.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(HexFormat.of().formatHex(digest).substring(0, NAME_LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
