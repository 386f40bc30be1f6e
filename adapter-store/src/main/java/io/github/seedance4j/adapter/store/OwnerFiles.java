package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which owners live: each holds a lock on a file of its own beside the journal, which the
 * system lets go of when its process dies, however it dies. All but {@link #close} is called inside
 * a write transaction, which keeps other processes out: a file may be deleted at any time, but none
 * is made while we look.
 *
 * <p>A process's lock on a file is gone as soon as the process closes any descriptor of it. So
 * files of owners in this process are never opened twice: it keeps a list.
 */
final class OwnerFiles implements AutoCloseable {

  private static final int NAME_LENGTH = 32;

  /** By file, of this whole process: guarded by itself. */
  private static final Map<Path, Held> HELD = new HashMap<>();

  /** Locked by another copy of this class in the same process: not closed, but tried again. */
  private static final Map<Path, Foreign> FOREIGN = new HashMap<>();

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
   * A file as it was when it was tried.
   *
   * @param key tells it from one that takes its name; null where a system has none
   */
  private record Foreign(FileChannel channel, @Nullable Object key) {}

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
      if (own.contains(file)) {
        return;
      }
      Held held = HELD.get(file);
      if (held == null) {
        HELD.put(file, new Held(lock(file, owner)));
      } else {
        held.journals++;
      }
      own.add(file);
    }
  }

  private static FileChannel lock(Path file, String owner) throws IOException {
    while (true) {
      Foreign foreign = stillThere(file);
      FileChannel channel = foreign == null ? JournalFile.lockFile(file) : foreign.channel;
      if (!tryLock(file, channel)) {
        throw new IOException("another process goes by the name of " + owner);
      }
      if (Files.exists(file)) {
        return channel;
      }
      channel.close(); // deleted by whoever had the name while we came for it: it proves nothing
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
      try {
        Foreign foreign = stillThere(file);
        FileChannel channel =
            foreign == null ? FileChannel.open(file, StandardOpenOption.WRITE) : foreign.channel;
        if (!tryLock(file, channel)) {
          return false;
        }
        Files.deleteIfExists(file);
        channel.close();
        return true;
      } catch (NoSuchFileException e) {
        return true; // let go of, perhaps just now: that waits for no transaction
      }
    }
  }

  /** What this file was tried by before; null if it wasn't, or if another one has its name now. */
  private static @Nullable Foreign stillThere(Path file) throws IOException {
    Foreign foreign = FOREIGN.remove(file);
    if (foreign == null) {
      return null;
    }
    if (Files.exists(file) && Objects.equals(foreign.key, key(file))) {
      return foreign;
    }
    foreign.channel.close();
    return null;
  }

  /** If not, the channel is closed, or kept where that would undo the other's lock. */
  private static boolean tryLock(Path file, FileChannel channel) throws IOException {
    boolean keep = false;
    try {
      keep = channel.tryLock() != null;
      return keep;
    } catch (OverlappingFileLockException e) {
      FOREIGN.put(file, new Foreign(channel, key(file)));
      keep = true;
      return false;
    } finally {
      if (!keep) {
        channel.close();
      }
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
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
