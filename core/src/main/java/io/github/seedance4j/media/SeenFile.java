package io.github.seedance4j.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was looked at: whatever is sent later must still be that, as the price
 * was told of it. Thread-safe.
 */
final class SeenFile {

  private final Path path;
  private final BasicFileAttributes then;
  private @Nullable String digest;

  private SeenFile(Path path, BasicFileAttributes then) {
    this.path = path;
    this.then = then;
  }

  /** As it is now; to be asked before anything of it is read. */
  static SeenFile of(Path path) throws IOException {
    return new SeenFile(path, attributes(path));
  }

  /** When it had changed last. */
  Instant changedAt() {
    return then.lastModifiedTime().toInstant();
  }

  /** The digest of what was looked at, in lower-case hex. */
  synchronized String sha256() throws IOException {
    if (digest == null) {
      String read = digest(path);
      if (!isTouched(attributes(path))) {
        digest = read;
      } else {
        throw changed();
      }
    }
    return digest;
  }

  /**
   * Refuses it if it is not what was looked at. A file that was only touched is, if its digest was
   * asked for.
   *
   * @throws io.github.seedance4j.error.InvalidRequestException naming it
   */
  synchronized void requireUnchanged() throws IOException {
    BasicFileAttributes now;
    try {
      now = attributes(path);
    } catch (NoSuchFileException e) {
      throw Window.unreadable(
          path.getFileName() + " is gone since its price was told; nothing was sent");
    }
    if (!isTouched(now)) {
      return;
    }
    boolean maybe = digest != null && now.isRegularFile() && now.size() == then.size();
    if (!maybe || !digest(path).equals(digest)) {
      throw changed();
    }
  }

  private boolean isTouched(BasicFileAttributes now) {
    return now.size() != then.size()
        || now.isRegularFile() != then.isRegularFile()
        || !now.lastModifiedTime().equals(then.lastModifiedTime());
  }

  private RuntimeException changed() {
    return Window.unreadable(
        path.getFileName() + " changed since its price was told; nothing was sent");
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
