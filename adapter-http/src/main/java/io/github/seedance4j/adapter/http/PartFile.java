package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private static final int BUFFER = 64 * 1024;

  /** Parts that this process has open. */
  private static final Set<Path> BUSY = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path path;
  private final Path statePath;
  private final FileChannel channel;
  private final MessageDigest digest;

  private @Nullable String etag;
  private long total = -1;
  private long synced;
  private long position;
  private boolean gone;

  private PartFile(Path target, FileChannel channel) {
    this.target = target;
    this.path = Publication.beside(target, ".part");
    this.statePath = Publication.beside(target, ".part.state");
    this.channel = channel;
    this.digest = Sha256.begin();
  }

  /**
   * @throws RetryLaterException if another download has it
   */
  static PartFile open(Path target) throws IOException {
    Path path = Publication.beside(target, ".part");
    Path key = path.toAbsolutePath().normalize();
    // before it is opened: whoever opened it just before it was published would hold the clip
    if (!BUSY.add(key)) {
      throw busy(target);
    }
    try {
      return open(target, path);
    } catch (IOException | RuntimeException | Error e) {
      BUSY.remove(key);
      throw e;
    }
  }

  private static PartFile open(Path target, Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      FileLock lock = channel.tryLock();
      // gone from its place: the one that had it is done, and this is its clip by now
      if (lock == null || !Files.exists(path)) {
        throw busy(target);
      }
      PartFile part = new PartFile(target, channel);
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
    Files.deleteIfExists(statePath);
    channel.truncate(0);
    digest.reset();
    etag = null;
    total = -1;
    synced = 0;
    position = 0;
  }

  /** Takes up what there is. */
  void goOn() throws IOException {
    long end = resumeAt();
    channel.truncate(end);
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
      position += channel.write(buffer, position);
    }
    digest.update(bytes, 0, length);
    if (position - synced >= BETWEEN_SYNCS) {
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
    channel.force(true);
    Path published = Publication.publish(path, name, position, sha256);
    discard();
    return published;
  }

  void discard() throws IOException {
    gone = true;
    Files.deleteIfExists(statePath);
    Files.deleteIfExists(path);
  }

  /** Keeps what came, if it is of any use. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (gone) {
        return;
      }
      if (position > synced && etag != null) {
        sync();
      } else if (etag == null) {
        discard();
      }
    } finally {
      BUSY.remove(path.toAbsolutePath().normalize());
    }
  }

  private void sync() throws IOException {
    channel.force(false);
    synced = position;
    writeState();
  }

  private void writeState() throws IOException {
    if (etag != null) {
      Files.writeString(statePath, etag + "\n" + total + "\n" + synced + "\n");
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
