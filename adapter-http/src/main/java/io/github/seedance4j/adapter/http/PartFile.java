package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A download on its way: {@code NAME.part}, and beside it {@code NAME.part.state} with the ETag,
 * the total and how much was synced. Only synced bytes are gone on with, since after a power cut
 * the rest may be zeros. One process at a time.
 */
final class PartFile implements AutoCloseable {

  private static final long BETWEEN_SYNCS = 4 << 20;
  private static final long NANOS_BETWEEN_SYNCS = 1_000_000_000;
  private static final int BUFFER = 64 * 1024;

  /** Parts that this process has open. */
  private static final Set<Path> BUSY = ConcurrentHashMap.newKeySet();

  private final Disk disk;
  private final Path target;
  private final Path path;
  private final Path statePath;
  private final FileChannel channel;
  private final MessageDigest digest;

  private @Nullable String etag;
  private long total = -1;
  private long synced;
  private long position;
  private long syncedAt = System.nanoTime();
  private boolean doubtful;
  private boolean gone;

  private PartFile(Disk disk, Path target, FileChannel channel) {
    this.disk = disk;
    this.target = target;
    this.path = Publication.beside(target, ".part");
    this.statePath = Publication.beside(target, ".part.state");
    this.channel = channel;
    this.digest = Sha256.begin();
  }

  /**
   * @throws RetryLaterException if another download has it
   */
  static PartFile open(Disk disk, Path target) throws IOException {
    Path path = Publication.beside(target, ".part");
    Path key = path.toAbsolutePath().normalize();
    // before it is opened: whoever opened it just before it was published would hold the clip
    if (!BUSY.add(key)) {
      throw busy(target);
    }
    try {
      PartFile part = open(disk, target, path);
      part = part == null ? open(disk, target, path) : part;
      if (part == null) { // published again already: somebody else is at it
        throw busy(target);
      }
      return part;
    } catch (IOException | RuntimeException | Error e) {
      BUSY.remove(key);
      throw e;
    }
  }

  /** Null if what was there had been published, and is out of the way now. */
  private static @Nullable PartFile open(Disk disk, Path target, Path path) throws IOException {
    Object before = identity(path);
    FileChannel channel;
    try {
      channel =
          disk.open(
              path,
              before == null ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
    } catch (FileAlreadyExistsException e) {
      throw busy(target);
    }
    try {
      FileLock lock = channel.tryLock();
      // Another process may have published what we opened before we had the lock: then this is its
      // clip by now, and the part, if there is one, is another file.
      Object now = identity(path);
      if (lock == null || now == null || !(before == null || before.equals(now))) {
        throw busy(target);
      }
      PartFile part = new PartFile(disk, target, channel);
      if (Publication.isPublished(path, target)) {
        part.discard();
        channel.close();
        return null;
      }
      part.readState();
      return part;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw busy(target);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What tells it from any other file that has this name; null if there is none. */
  private static @Nullable Object identity(Path path) throws IOException {
    try {
      BasicFileAttributes file =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.fileKey() == null ? path : file.fileKey(); // Windows has no such keys
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  boolean resumable() {
    return resumeAt() > 0 && etag != null;
  }

  /** The first byte to ask for: at least one, since no server can answer a request for none. */
  long resumeAt() {
    return etag == null ? 0 : Math.min(synced, total - 1);
  }

  @Nullable String etag() {
    return etag;
  }

  long total() {
    return total;
  }

  long position() {
    return position;
  }

  FileChannel channel() {
    return channel;
  }

  /** Forgets all there was. */
  void startOver() throws IOException {
    disk.delete(statePath);
    disk.truncate(channel, 0);
    digest.reset();
    etag = null;
    total = -1;
    synced = 0;
    position = 0;
  }

  /** Takes up what there is. */
  void goOn() throws IOException {
    long end = resumeAt();
    disk.truncate(channel, end);
    digest.reset();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long at = 0; at < end; at += buffer.position()) {
      buffer.clear();
      if (channel.read(buffer, at) < 0) {
        throw new IOException(path + " became shorter while it was read");
      }
      digest.update(buffer.array(), 0, buffer.position());
    }
    position = end;
    synced = end;
  }

  /** What the bytes to come belong to; without an ETag there is no going on later. */
  void remember(@Nullable String etag, long total) throws IOException {
    this.etag = total > 0 ? etag : null;
    this.total = total;
    writeState();
  }

  void write(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      position += disk.write(channel, buffer, position);
    }
    digest.update(bytes, 0, length);
    // so often, too, that a slow transfer does not lose minutes with the process
    if (position - synced >= BETWEEN_SYNCS || System.nanoTime() - syncedAt >= NANOS_BETWEEN_SYNCS) {
      sync();
    }
  }

  String sha256() {
    return Sha256.hex(digest);
  }

  /** Syncs, gives it its final name and removes what was beside it. */
  Path publish(String sha256) throws IOException {
    return publish(target, sha256);
  }

  /** The same for what may not have the final name. */
  Path publishUnverified(String sha256) throws IOException {
    return publish(Publication.unverified(target), sha256);
  }

  private Path publish(Path name, String sha256) throws IOException {
    force(true);
    Path published = Publication.publish(disk, path, name, position, sha256);
    discard();
    return published;
  }

  void discard() throws IOException {
    gone = true;
    disk.delete(Disk.fresh(statePath));
    disk.delete(statePath);
    disk.delete(path);
  }

  /** Keeps what came, if it is of any use. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (gone) {
        return;
      }
      if (position > synced && etag != null && !doubtful) {
        sync();
      } else if (etag == null) {
        discard();
      }
    } finally {
      BUSY.remove(path.toAbsolutePath().normalize());
    }
  }

  private void sync() throws IOException {
    force(false);
    synced = position;
    syncedAt = System.nanoTime();
    writeState();
  }

  /** Once it failed the system may have dropped what it could not write, and say yes next time. */
  private void force(boolean metadata) throws IOException {
    try {
      disk.force(channel, metadata);
    } catch (IOException e) {
      doubtful = true;
      throw e;
    }
  }

  private void writeState() throws IOException {
    if (etag != null) {
      disk.replace(statePath, etag + "\n" + total + "\n" + synced + "\n");
    }
  }

  private void readState() throws IOException {
    if (!Files.exists(statePath)) {
      return;
    }
    List<String> lines =
        new String(Files.readAllBytes(statePath), StandardCharsets.UTF_8).lines().toList();
    boolean whole =
        lines.size() == 3
            && lines.get(0).startsWith("\"")
            && lines.get(1).matches("[1-9]\\d{0,17}")
            && lines.get(2).matches("\\d{1,18}");
    if (whole) {
      etag = lines.get(0);
      total = Long.parseLong(lines.get(1));
      synced = Math.min(Long.parseLong(lines.get(2)), channel.size());
      position = synced;
    }
  }

  private static RetryLaterException busy(Path target) {
    return new RetryLaterException(target + " is being downloaded by somebody else", null, null);
  }
}
